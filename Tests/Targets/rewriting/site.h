// SPDX-License-Identifier: Apache-2.0 WITH Swift-exception
// Sites of the form `mov $nr, %eax; syscall` (or with the long move), in assembly and as bytes.
#pragma once
#include "../target.h"

typedef long site_function(long, long, long, long, long, long);

/// Defines a function NAME that makes the call NUMBER with its arguments, and labels its parts:
/// NAME_move and NAME_call, and NAME_behind for the address behind.
#define SITE(name, move)                                                                           \
  site_function name;                                                                              \
  extern char name##_move[], name##_call[], name##_behind[];                                       \
  __asm__(".pushsection .text\n.globl " #name ", " #name "_move, " #name "_call, " #name           \
          "_behind\n.hidden " #name "_move, " #name "_call, " #name "_behind\n.type " #name        \
          ", @function\n" #name ":\n.cfi_startproc\n"                                              \
          "  mov %rcx, %r10\n" #name "_move:\n  " move "\n" #name "_call:\n  syscall\n" #name      \
          "_behind:\n  ret\n.cfi_endproc\n.size " #name ", . - " #name "\n.popsection\n");
#define TEXT_(value) #value
#define TEXT(value) TEXT_(value)
#define SHORT_SITE(name, number) SITE(name, "mov $" TEXT(number) ", %eax")
#define LONG_SITE(name, number) SITE(name, "movq $" TEXT(number) ", %rax")

/// Length of a function as `put_site` writes it, and where its move begins.
enum { SITE_LENGTH = 16, SITE_MOVE = 3 };

/// Writes a function of up to SITE_LENGTH bytes that makes a call; returns it.
static inline site_function *put_site(void *at, int number, bool is_long) {
  uint8_t *to = at;
  // mov %rcx,%r10; then mov $number,%eax or movq $number,%rax; syscall; ret
  static const uint8_t move[] = {0x49, 0x89, 0xca}, wide[] = {0x48, 0xc7, 0xc0},
                       end[] = {0x0f, 0x05, 0xc3};
  memcpy(to, move, 3), to += 3;
  if (is_long)
    memcpy(to, wide, 3), to += 3;
  else
    *to++ = 0xb8;
  memcpy(to, &number, 4), to += 4;
  memcpy(to, end, 3);
  return (site_function *)at;
}

/// Private memory of the given rights, filled with `int3` where it is writable.
static inline uint8_t *pages(size_t size, int rights) {
  void *memory = mmap(NULL, size, rights, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
  if (memory == MAP_FAILED) {
    printf("wrong: no memory: %s\n", result(-1));
    exit(1);
  }
  if (rights & PROT_WRITE)
    memset(memory, 0xcc, size);
  return memory;
}

/// Makes written code executable and no longer writable, or the other way round.
static inline void seal(void *memory, size_t size) {
  expect(mprotect(memory, size, PROT_READ | PROT_EXEC) == 0, "mprotect RX: %s", result(-1));
}
static inline void unseal(void *memory, size_t size) {
  expect(mprotect(memory, size, PROT_READ | PROT_WRITE) == 0, "mprotect RW: %s", result(-1));
}

/// Calls a site often enough to be rewritten, and checks each result.
static inline bool all_give(site_function *site, int times, long expected) {
  for (int round = 0; round < times; round++)
    if (site(0, 0, 0, 0, 0, 0) != expected)
      return false;
  return true;
}
