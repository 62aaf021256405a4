// SPDX-License-Identifier: Apache-2.0 WITH Swift-exception
// A bss of 64 MiB, touched here and there, is zero and takes what is written.
#include "../target.h"

static char area[64 << 20];
static int first = 1;

int main(void) {
  start();
  bool zero = true;
  for (size_t at = 0; at < sizeof area; at += 1 << 20)
    zero &= area[at] == 0;
  fact(zero, "zero at first");
  for (size_t at = 0; at < sizeof area; at += 1 << 20)
    area[at] = (char)(at >> 20);
  bool kept = true;
  for (size_t at = 0; at < sizeof area; at += 1 << 20)
    kept &= area[at] == (char)(at >> 20);
  fact(kept && area[sizeof area - 1] == 0, "kept what was written");
  fact(first == 1, "data in front of it");
  struct rusage usage;
  getrusage(RUSAGE_SELF, &usage);
  fact(usage.ru_maxrss < 48 << 10, "only what was touched is present");
  return finish();
}
