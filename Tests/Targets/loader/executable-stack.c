// SPDX-License-Identifier: Apache-2.0 WITH Swift-exception
// A program that asks for an executable stack runs code on it.
// flags: -Wl,-z,execstack
#include "../target.h"

int main(void) {
  start();
  volatile uint8_t code[] = {0xb8, 0x2a, 0, 0, 0, 0xc3}; // mov $42,%eax; ret
  printf("code on the stack gives %d\n", ((int (*)(void))(uintptr_t)code)());
  volatile uint8_t call[] = {0xb8, 0x27, 0, 0, 0, 0x0f, 0x05, 0xc3}; // getpid
  fact(((int (*)(void))(uintptr_t)call)() == getpid(), "system call on the stack");
  return finish();
}
