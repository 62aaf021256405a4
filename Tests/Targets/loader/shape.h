// SPDX-License-Identifier: Apache-2.0 WITH Swift-exception
// Checks that the headers, the auxiliary vector and the dynamic linker agree on where we are.
#pragma once
#include "../target.h"
#include <elf.h>
#include <link.h>

extern const Elf64_Ehdr __ehdr_start __attribute__((visibility("hidden")));
static int constant_data = 0x12345;
static char zeros[100000];
static int *pointer = &constant_data; // relocated in a position-independent program

struct found {
  const void *headers;
  uint64_t base, interpreter;
};

static int visit(struct dl_phdr_info *info, size_t size, void *data) {
  (void)size;
  struct found *found = (struct found *)data;
  if (!found->headers) {
    found->headers = info->dlpi_phdr;
    found->base = info->dlpi_addr;
  }
  if (strstr(info->dlpi_name, "ld-linux"))
    found->interpreter = info->dlpi_addr;
  return 0;
}

static int check_shape(void) {
  const Elf64_Ehdr *header = &__ehdr_start;
  uint64_t base = header->e_type == ET_DYN ? (uint64_t)header : 0;
  printf("type: %s\n", header->e_type == ET_DYN ? "DYN" : "EXEC");
  const Elf64_Phdr *headers = (const Elf64_Phdr *)((const char *)header + header->e_phoff);
  fact(getauxval(AT_PHDR) == (uint64_t)headers, "AT_PHDR is where the headers are");
  fact(getauxval(AT_PHNUM) == header->e_phnum, "AT_PHNUM");
  fact(getauxval(AT_PHENT) == sizeof(Elf64_Phdr), "AT_PHENT");
  fact(getauxval(AT_ENTRY) == base + header->e_entry, "AT_ENTRY");
  bool dynamic = false, loads = true;
  for (int index = 0; index < header->e_phnum; index++) {
    dynamic |= headers[index].p_type == PT_INTERP;
    if (headers[index].p_type == PT_LOAD && headers[index].p_flags & PF_R) {
      const volatile char *bytes = (const char *)(base + headers[index].p_vaddr);
      for (uint64_t at = 0; at < headers[index].p_memsz; at += 4096)
        loads &= bytes[at] == bytes[at];
    }
  }
  fact(loads, "every segment can be read");
  printf("interpreter: %s\n", dynamic ? "some" : "none");
  struct found found = {NULL, 0, 0};
  dl_iterate_phdr(visit, &found);
  fact(found.headers == headers, "dl_iterate_phdr gives the headers");
  fact(found.base == base, "dl_iterate_phdr gives the base");
  if (dynamic) {
    fact(getauxval(AT_BASE) == found.interpreter, "AT_BASE is the interpreter");
    fact(memcmp((void *)getauxval(AT_BASE), ELFMAG, SELFMAG) == 0, "AT_BASE is an ELF header");
  } else {
    fact(getauxval(AT_BASE) == 0, "AT_BASE is 0");
  }
  bool zero = true;
  for (size_t index = 0; index < sizeof zeros; index++)
    zero &= zeros[index] == 0;
  fact(zero, "bss is zero");
  fact(*pointer == 0x12345, "data is initialised");
  // The heap of a program that is its own interpreter may lie elsewhere.
  if (dynamic || header->e_type == ET_EXEC)
    fact((uint64_t)sbrk(0) >= (uint64_t)(zeros + sizeof zeros), "heap above bss");
  return finish();
}
