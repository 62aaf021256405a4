// SPDX-License-Identifier: Apache-2.0 WITH Swift-exception
// Prints "RSS PSS PRIVATE" of this very process, in KiB, once it has settled.

#include "bench.h"

int main(void) {
  char line[256];
  long rss = 0, pss = 0, private = 0, value;
  usleep(100000);
  FILE *file = fopen("/proc/self/smaps_rollup", "r");
  while (file && fgets(line, sizeof line, file)) {
    if (sscanf(line, "Rss: %ld", &value) == 1)
      rss = value;
    if (sscanf(line, "Pss: %ld", &value) == 1)
      pss = value;
    if (sscanf(line, "Private_Clean: %ld", &value) == 1 ||
        sscanf(line, "Private_Dirty: %ld", &value) == 1)
    private += value;
  }
  printf("%ld %ld %ld\n", rss, pss, private);
  return 0;
}
