// SPDX-License-Identifier: Apache-2.0 WITH Swift-exception
// Numbers of no system call give ENOSYS; the upper half of rax is not looked at.
#include "../target.h"

int main(void) {
  start();
  static const long numbers[] = {
      1000, 9999, 0x7fffffff, -1, -2, -4096, 0x40000000, 0x40000000 | SYS_getpid, 0x40000200,
      // Calls that x86-64 lists and never had or no longer has.
      174, 177, 178, 180, 181, 182, 183, 184, 185, 205, 211, 214, 215, 236,
      // The x32 range read as 64-bit numbers.
      512, 520, 534, 547};
  for (size_t index = 0; index < sizeof numbers / sizeof *numbers; index++)
    printf("%#lx: %s\n", numbers[index], raw_result(raw(numbers[index], 0, 0, 0, 0, 0, 0)));
  fact(raw(0x100000000 | SYS_getpid, 0, 0, 0, 0, 0, 0) == getpid(), "getpid with bit 32 set");
  fact(raw((long)0xffffffff00000000 | SYS_getpid, 0, 0, 0, 0, 0, 0) == getpid(),
       "getpid with the upper half set");
  printf("0xffffffff: %s\n", raw_result(raw(0xffffffff, 0, 0, 0, 0, 0, 0)));
  return finish();
}
