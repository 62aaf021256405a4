// SPDX-License-Identifier: Apache-2.0 WITH Swift-exception
// A program without libc that checks its data, for unusual ways of linking.
#pragma once
#include "bare.h"

static const char constant[] = "constant";
static int data[3000] = {1, [2999] = 2};
static int zeros[3000];
static const int *pointer = &data[2999];

__asm__(".globl _start\n"
        "_start:\n"
        "  call begin\n");

void begin(void) {
  const volatile char *text = constant;
  fact(text[0] == 'c' && text[8] == 0, "constants");
  fact(data[0] == 1 && data[1] == 0 && *pointer == 2, "data");
  bool zero = true;
  for (int index = 0; index < 3000; index++)
    zero &= ((volatile int *)zeros)[index] == 0;
  fact(zero, "bss");
  data[1] = zeros[2999] = 3;
  fact(((volatile int *)data)[1] == 3, "data can be written");
  uint64_t heap = (uint64_t)call(12, 0, 0, 0);
  fact(heap >= (uint64_t)&zeros[3000], "heap above bss");
  leave(5);
}
