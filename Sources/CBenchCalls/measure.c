// SPDX-License-Identifier: Apache-2.0 WITH Swift-exception
// Times batches with the processor's counter, so that reading the time costs no call.

#define _GNU_SOURCE
#include "CBenchCalls.h"

#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/uio.h>
#include <time.h>
#include <unistd.h>

enum { MOST_BATCHES = 4096, MOST_DIGITS = 21 };

int bench_fail(const char *what, int error) {
  dprintf(2, "sysweir-probe: %s: %s\n", what, strerror(error));
  return 1;
}

static int number(const char *word, long most, long *value) {
  char *end;
  *value = word ? strtol(word, &end, 10) : 0;
  return word && *word && !*end && *value >= 1 && *value <= most;
}

int bench_parse(char **words, struct bench_task *task) {
  task->call = words[0] ? bench_find(words[0]) : 0;
  if (!task->call) {
    dprintf(2,
            "sysweir-probe: CALL is '%s': use one of unknown getppid write open pread futex fork"
            " spawn\n",
            words[0] ? words[0] : "");
    return 2;
  }
  if (!number(words[1], 1L << 40, &task->size) || !number(words[2], MOST_BATCHES, &task->count)) {
    dprintf(2, "sysweir-probe: SIZE must be at least 1, and COUNT 1 to %d\n", MOST_BATCHES);
    return 2;
  }
  task->error = task->call->error;
  return 0;
}

static inline uint64_t ticks(void) {
  uint32_t low, high;
  __asm__ volatile("lfence; rdtsc; lfence" : "=a"(low), "=d"(high));
  return (uint64_t)high << 32 | low;
}

int bench_rate(void) {
  struct timespec start, now;
  clock_gettime(CLOCK_MONOTONIC, &start);
  uint64_t first = ticks();
  double passed;
  do {
    clock_gettime(CLOCK_MONOTONIC, &now);
    passed =
        (double)(now.tv_sec - start.tv_sec) * 1e6 + (double)(now.tv_nsec - start.tv_nsec) / 1e3;
  } while (passed < 5e4);
  printf("%.3f\n", (double)(ticks() - first) / passed);
  return 0;
}

/// Writes by writev, because write itself may be filtered.
static int print(const uint64_t *values, long count) {
  static char text[MOST_BATCHES * MOST_DIGITS];
  int length = 0;
  for (long i = 0; i < count; i++)
    length += sprintf(text + length, "%llu\n", (unsigned long long)values[i]);
  struct iovec all = {text, (size_t)length};
  return writev(STDOUT_FILENO, &all, 1) == length ? 0 : 1;
}

int bench_measure(const struct bench_task *task) {
  static uint64_t values[MOST_BATCHES];
  long result = task->call->once();
  if (task->error ? result != task->error : result < 0) {
    dprintf(2, "sysweir-probe: %s gave %ld, not %ld\n", task->call->name, result, task->error);
    return 1;
  }
  // Caches, page tables and branches learn the loop, and the stack gets its pages.
  task->call->loop(1 + task->size / 2);
  for (long batch = 0; batch < task->count; batch++) {
    uint64_t start = ticks();
    task->call->loop(task->size);
    values[batch] = ticks() - start;
  }
  return print(values, task->count);
}
