// SPDX-License-Identifier: Apache-2.0 WITH Swift-exception
// Prints the microseconds from spawning a command to its end, as a median: spawn COUNT COMMAND...

#include "bench.h"

#include <spawn.h>
#include <sys/wait.h>

extern char **environ;

int main(int argc, char **argv) {
  int count = argc > 2 ? atoi(argv[1]) : 0;
  double *values = calloc((size_t)count + 1, sizeof *values), rate = ticks_per_nanosecond();
  if (count < 1 || !values)
    return fprintf(stderr, "usage: spawn COUNT COMMAND...\n"), 2;
  for (int i = 0; i < count; i++) {
    pid_t child;
    int status;
    uint64_t start = ticks();
    if (posix_spawnp(&child, argv[2], 0, 0, argv + 2, environ))
      return perror(argv[2]), 1;
    if (waitpid(child, &status, 0) != child || status)
      return fprintf(stderr, "spawn: %s ended with %d\n", argv[2], status), 1;
    values[i] = (double)(ticks() - start) / rate / 1000;
  }
  printf("%.1f\n", median(values, count));
  return 0;
}
