// SPDX-License-Identifier: Apache-2.0 WITH Swift-exception
// The memory of this very process, as the kernel accounts it.

#define _GNU_SOURCE
#include "CBenchCalls.h"

#include <errno.h>
#include <stdio.h>
#include <unistd.h>

int bench_memory(void) {
  char line[256];
  long rss = 0, pss = 0, private = 0, value;
  usleep(100000);
  FILE *file = fopen("/proc/self/smaps_rollup", "r");
  if (!file)
    return bench_fail("/proc/self/smaps_rollup", errno);
  while (fgets(line, sizeof line, file)) {
    if (sscanf(line, "Rss: %ld", &value) == 1)
      rss = value;
    if (sscanf(line, "Pss: %ld", &value) == 1)
      pss = value;
    if (sscanf(line, "Private_Clean: %ld", &value) == 1 ||
        sscanf(line, "Private_Dirty: %ld", &value) == 1)
    private += value;
  }
  fclose(file);
  printf("%ld %ld %ld\n", rss, pss, private);
  return 0;
}
