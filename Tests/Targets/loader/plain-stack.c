// SPDX-License-Identifier: Apache-2.0 WITH Swift-exception
// A program that does not ask for an executable stack is killed when it runs code there.
#include "../target.h"

int main(void) {
  start();
  volatile uint8_t code[] = {0xb8, 0x2a, 0, 0, 0, 0xc3};
  puts("running code on the stack");
  printf("it gave %d\n", ((int (*)(void))(uintptr_t)code)());
  return finish();
}
