// SPDX-License-Identifier: Apache-2.0 WITH Swift-exception
// The clocks that libc reads without a system call agree with the system calls.
#include "../target.h"

int main(void) {
  start();
  static const clockid_t clocks[] = {CLOCK_REALTIME,           CLOCK_MONOTONIC,
                                     CLOCK_BOOTTIME,           CLOCK_REALTIME_COARSE,
                                     CLOCK_PROCESS_CPUTIME_ID, CLOCK_THREAD_CPUTIME_ID};
  for (size_t index = 0; index < sizeof clocks / sizeof *clocks; index++) {
    struct timespec one = {0, 0}, two = {0, 0}, three = {0, 0};
    clock_gettime(clocks[index], &one);
    raw(SYS_clock_gettime, clocks[index], (long)&two, 0, 0, 0, 0);
    clock_gettime(clocks[index], &three);
    double first = (double)one.tv_sec + 1e-9 * (double)one.tv_nsec;
    double second = (double)two.tv_sec + 1e-9 * (double)two.tv_nsec;
    double third = (double)three.tv_sec + 1e-9 * (double)three.tv_nsec;
    fact(first <= second && second <= third && third - first < 5, "clock %d", clocks[index]);
  }
  struct timeval now, called;
  gettimeofday(&now, NULL);
  raw(SYS_gettimeofday, (long)&called, 0, 0, 0, 0, 0);
  fact(called.tv_sec - now.tv_sec <= 2, "gettimeofday");
  fact(raw(SYS_time, 0, 0, 0, 0, 0, 0) - time(NULL) <= 2, "time");
  unsigned processor = 9999, node = 9999;
  fact(getcpu(&processor, &node) == 0 && processor < 4096, "getcpu");
  return finish();
}
