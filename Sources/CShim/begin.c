// SPDX-License-Identifier: Apache-2.0 WITH Swift-exception
// The monitor's first steps: move to anonymous memory, relocate, go on there.
//
// It exists in C because no Swift can run before its own relocations are applied. The move lets
// go of the monitor's file, so that /proc/self/exe can be made the target's and no mapping of the
// file is left. With seccomp as the trap the image is linked to a fixed place and stays there.

#include "image.h"

#include <elf.h>

extern const Elf64_Ehdr __ehdr_start __attribute__((visibility("hidden")));
extern const Elf64_Dyn _DYNAMIC[] __attribute__((visibility("hidden")));

enum { NR_MMAP = 9, NR_MPROTECT = 10, NR_MUNMAP = 11, NR_MADVISE = 28, NR_EXIT_GROUP = 231 };
/// Linux 5.14; before that every page of the copy costs a fault.
enum { POPULATE_WRITE = 23 };
enum { PROT_R = 1, PROT_W = 2, PROT_X = 4, MAP_PRIVATE_ANONYMOUS = 0x22 };
enum { EXIT_MONITOR_FAILED = 125, PAGE = 4096 };

static uint64_t page_up(uint64_t value) { return (value + PAGE - 1) & ~(uint64_t)(PAGE - 1); }

static const Elf64_Phdr *program_headers(void) {
  return (const Elf64_Phdr *)((const char *)&__ehdr_start + __ehdr_start.e_phoff);
}

static uint64_t image_length(void) {
  const Elf64_Phdr *header = program_headers();
  uint64_t end = 0;
  for (int i = 0; i < __ehdr_start.e_phnum; i++)
    if (header[i].p_type == PT_LOAD && header[i].p_vaddr + header[i].p_memsz > end)
      end = header[i].p_vaddr + header[i].p_memsz;
  return page_up(end);
}

/// Up to where the image is copied: the rest are zero pages, of which most are never touched.
static uint64_t copied_length(void) {
  const Elf64_Phdr *header = program_headers();
  uint64_t end = 0;
  for (int i = 0; i < __ehdr_start.e_phnum; i++)
    if (header[i].p_type == PT_LOAD && header[i].p_vaddr + header[i].p_filesz > end)
      end = header[i].p_vaddr + header[i].p_filesz;
  return page_up(end);
}

static void relocate(uint64_t base) {
  uint64_t table = 0, size = 0;
  for (const Elf64_Dyn *entry = _DYNAMIC; entry->d_tag != DT_NULL; entry++) {
    if (entry->d_tag == DT_RELA)
      table = entry->d_un.d_ptr;
    if (entry->d_tag == DT_RELASZ)
      size = entry->d_un.d_val;
  }
  const Elf64_Rela *relocation = (const Elf64_Rela *)(base + table);
  for (uint64_t i = 0; i < size / sizeof *relocation; i++)
    *(uint64_t *)(base + relocation[i].r_offset) = base + (uint64_t)relocation[i].r_addend;
}

static void protect(uint64_t base, uint64_t fixed) {
  const Elf64_Phdr *header = program_headers();
  for (int i = 0; i < __ehdr_start.e_phnum; i++) {
    if (header[i].p_type != PT_LOAD || (header[i].p_flags & PF_W))
      continue;
    uint64_t start = (base + header[i].p_vaddr - fixed) & ~(uint64_t)(PAGE - 1);
    uint64_t end = page_up(base + header[i].p_vaddr - fixed + header[i].p_memsz);
    long access = (header[i].p_flags & PF_X) ? PROT_R | PROT_X : PROT_R;
    sw_syscall(NR_MPROTECT, (long)start, (long)(end - start), access, 0, 0, 0);
  }
}

/// Slots are part of the code that the kernel lets pass: the range goes on to their end.
static void reach_slots(struct sw_monitor *monitor, uint64_t slots) {
  monitor->codeLength = slots + SW_SITES * SW_SLOT_SIZE - monitor->code;
}

/// Runs in the moved image: forgets the one that the kernel mapped.
static void __attribute__((noreturn)) continue_moved(const uint64_t *stack) {
  struct sw_monitor *monitor = sw_monitor_state();
  sw_syscall(NR_MUNMAP, (long)monitor->origin, (long)monitor->imageLength, 0, 0, 0, 0);
  sw_main(stack);
}

static void describe(struct sw_monitor *monitor, uint64_t base, uint64_t fixed) {
  const Elf64_Phdr *header = program_headers();
  monitor->image = base;
  for (int i = 0; i < __ehdr_start.e_phnum; i++)
    if (header[i].p_type == PT_LOAD && (header[i].p_flags & PF_X)) {
      monitor->code = base + header[i].p_vaddr - fixed;
      monitor->codeLength = header[i].p_memsz;
    }
}

__attribute__((used, noreturn)) void sw_begin(const uint64_t *stack) {
  uint64_t old = (uint64_t)&__ehdr_start;
  if (__ehdr_start.e_type == ET_EXEC) {
    struct sw_monitor *monitor = sw_monitor_state();
    relocate(old);
    describe(monitor, old, old);
    monitor->imageLength = image_length() - old;
    sw_main(stack);
  }
  uint64_t length = image_length();
  long base = sw_syscall(NR_MMAP, 0, (long)length, PROT_R | PROT_W, MAP_PRIVATE_ANONYMOUS, -1, 0);
  if (base < 0 && base > -PAGE)
    sw_syscall(NR_EXIT_GROUP, EXIT_MONITOR_FAILED, 0, 0, 0, 0, 0);
  sw_syscall(NR_MADVISE, base, (long)copied_length(), POPULATE_WRITE, 0, 0, 0);
  const Elf64_Phdr *header = program_headers();
  for (int i = 0; i < __ehdr_start.e_phnum; i++)
    if (header[i].p_type == PT_LOAD)
      sw_copy((uint64_t)base + header[i].p_vaddr, old + header[i].p_vaddr, header[i].p_filesz);
  relocate((uint64_t)base);
  uint64_t delta = (uint64_t)base - old;
  struct sw_monitor *moved = (struct sw_monitor *)((uint64_t)sw_monitor_state() + delta);
  describe(moved, (uint64_t)base, 0);
  moved->imageLength = length;
  moved->origin = old;
  protect((uint64_t)base, 0);
  reach_slots(moved, sw_slots() + delta);
  sw_continue_at((uint64_t)continue_moved + delta, stack);
}
