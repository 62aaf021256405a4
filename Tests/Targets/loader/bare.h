// SPDX-License-Identifier: Apache-2.0 WITH Swift-exception
// For programs without libc: their own calls and printing.
#pragma once
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

static inline long call(long number, long a, long b, long c) {
  long value;
  __asm__ volatile("syscall"
                   : "=a"(value)
                   : "a"(number), "D"(a), "S"(b), "d"(c)
                   : "rcx", "r11", "memory");
  return value;
}

static inline size_t length_of(const char *text) {
  size_t length = 0;
  while (text[length])
    length++;
  return length;
}

static inline void put(const char *text) { call(1, 1, (long)text, (long)length_of(text)); }

static inline void fact(bool holds, const char *text) {
  put(text);
  put(holds ? ": yes\n" : ": no\n");
}

__attribute__((noreturn)) static inline void leave(int status) {
  call(231, status, 0, 0);
  __builtin_unreachable();
}
