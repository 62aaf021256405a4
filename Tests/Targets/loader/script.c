// SPDX-License-Identifier: Apache-2.0 WITH Swift-exception
// Segments at odd addresses and far apart, as a linker script of its own lays them out.
// flags: -static -nostdlib -no-pie -fno-pie -fno-asynchronous-unwind-tables -ffreestanding -fno-stack-protector -mcmodel=large -Wl,-T,script.ld -Wl,--build-id=none
#include "bare.h"

const char constant[] = "constant";
int data[3000] = {1, [2999] = 2};
int tail[3000];
const int *pointer = &data[2999];
__attribute__((section(".zeros,\"aw\",@nobits#"))) int zeros[5000];

__asm__(".globl _start\n"
        "_start:\n"
        "  movabs $begin, %rax\n"
        "  call *%rax\n");

static bool all_zero(const int *words, int count) {
  for (int index = 0; index < count; index++)
    if (words[index])
      return false;
  return true;
}

void begin(void) {
  fact(((uint64_t)&begin & ~0xfffUL) == 0x20000000, "code at its address");
  fact((uint64_t)&data >= 0x700000ff0 && (uint64_t)&data < 0x700002000, "data at its address");
  fact(constant[0] == 'c' && constant[8] == 0, "constants");
  fact(data[0] == 1 && data[1] == 0 && *pointer == 2, "data");
  fact(all_zero(tail, 3000), "bss after the data");
  fact(all_zero(zeros, 5000), "segment without bytes");
  data[1] = tail[1] = zeros[4999] = 3;
  fact(data[1] == 3 && tail[1] == 3 && zeros[4999] == 3, "all can be written");
  uint64_t heap = (uint64_t)call(12, 0, 0, 0);
  fact(heap >= (uint64_t)&zeros[5000], "heap above the last segment");
  leave(0);
}
