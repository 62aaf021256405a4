// SPDX-License-Identifier: Apache-2.0 WITH Swift-exception
// Time from the processor's counter, so that reading it costs no call; medians.

#ifndef BENCH_H
#define BENCH_H

#define _GNU_SOURCE
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

static inline uint64_t ticks(void) {
  uint32_t low, high;
  __asm__ volatile("lfence; rdtsc; lfence" : "=a"(low), "=d"(high));
  return (uint64_t)high << 32 | low;
}

/// Ticks in a nanosecond, measured against the clock over 50 ms.
static inline double ticks_per_nanosecond(void) {
  struct timespec start, now;
  clock_gettime(CLOCK_MONOTONIC, &start);
  uint64_t first = ticks();
  double passed;
  do {
    clock_gettime(CLOCK_MONOTONIC, &now);
    passed = (double)(now.tv_sec - start.tv_sec) * 1e9 + (double)(now.tv_nsec - start.tv_nsec);
  } while (passed < 5e7);
  return (double)(ticks() - first) / passed;
}

static inline int compare_doubles(const void *left, const void *right) {
  double a = *(const double *)left, b = *(const double *)right;
  return (a > b) - (a < b);
}

static inline double median(double *values, int count) {
  qsort(values, (size_t)count, sizeof *values, compare_doubles);
  return values[count / 2];
}

#endif
