// SPDX-License-Identifier: Apache-2.0 WITH Swift-exception
// The loop over one call that is timed natively, trapped barely, and trapped by sysweir.

#ifndef CALLS_H
#define CALLS_H

#include "bench.h"

#include <sys/syscall.h>

enum { BATCHES = 15, CALLS = 20000, UNKNOWN_CALL = 1000 };

static inline long call0(long number) {
  long result;
  __asm__ volatile("syscall" : "=a"(result) : "a"(number) : "rcx", "r11", "memory");
  return result;
}

/// Prints the nanoseconds of one call, as the median of batches.
static inline void time_calls(const char *name) {
  long number = strcmp(name, "unknown") ? SYS_getppid : UNKNOWN_CALL;
  double values[BATCHES], rate = ticks_per_nanosecond();
  for (int batch = 0; batch < BATCHES; batch++) {
    uint64_t start = ticks();
    for (int i = 0; i < CALLS; i++)
      call0(number);
    values[batch] = (double)(ticks() - start) / rate / CALLS;
  }
  printf("%.1f\n", median(values, BATCHES));
}

#endif
