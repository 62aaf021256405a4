// SPDX-License-Identifier: Apache-2.0 WITH Swift-exception
// /proc/self/auxv equals the vector on the stack, but for the address of the vDSO.
#include "../target.h"
#include <elf.h>

int main(void) {
  start();
  char **end = environ;
  while (*end)
    end++;
  Elf64_auxv_t *vector = (Elf64_auxv_t *)(end + 1), file[128];
  int descriptor = open("/proc/self/auxv", O_RDONLY);
  ssize_t size = read(descriptor, file, sizeof file);
  close(descriptor);
  fact(size > 0 && size % (ssize_t)sizeof *file == 0, "whole entries");
  size_t count = (size_t)size / sizeof *file, here = 0, there = 0, same = 0;
  fact(count && file[count - 1].a_type == AT_NULL, "ends with AT_NULL");
  for (;;) {
    while (vector[here].a_type == AT_SYSINFO_EHDR)
      here++;
    while (there < count && file[there].a_type == AT_SYSINFO_EHDR)
      there++;
    if (there >= count || vector[here].a_type == AT_NULL)
      break;
    expect(vector[here].a_type == file[there].a_type, "type %lu against %lu", vector[here].a_type,
           file[there].a_type);
    expect(vector[here].a_un.a_val == file[there].a_un.a_val, "type %lu", vector[here].a_type);
    here++, there++, same++;
  }
  fact(same > 15, "more than 15 entries");
  fact(there < count && file[there].a_type == AT_NULL && vector[here].a_type == AT_NULL,
       "both end here");
  return finish();
}
