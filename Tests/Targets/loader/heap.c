// SPDX-License-Identifier: Apache-2.0 WITH Swift-exception
// The heap above the bss grows contiguously, shrinks, and comes back as zeros.
#include "../target.h"

static char zeros[5000];

static bool named_heap(const char *address) {
  char line[512];
  bool found = false;
  FILE *maps = fopen("/proc/self/maps", "r");
  while (fgets(line, sizeof line, maps)) {
    unsigned long low, high;
    sscanf(line, "%lx-%lx", &low, &high);
    found |=
        strstr(line, "[heap]") && (unsigned long)address >= low && (unsigned long)address < high;
  }
  fclose(maps);
  return found;
}

int main(void) {
  // Nothing here allocates until the last check of the end.
  char *first = sbrk(0);
  bool contiguous = sbrk(10000) == first;
  for (int index = 0; index < 100; index++) {
    char *now = sbrk(3001);
    contiguous &= now == first + 10000 + 3001 * index;
    memset(now, 0x55, 3001);
  }
  char *top = sbrk(0);
  bool told = (char *)syscall(SYS_brk, 0) == top;
  bool below_refused = (char *)syscall(SYS_brk, zeros) == top;
  bool kernel_refused = (char *)syscall(SYS_brk, -4096L) == top;
  brk(first + 4096);
  bool shrunk = sbrk(0) == first + 4096;
  sbrk(20000);
  bool zero = true;
  for (char *at = first + 8192; at < first + 20000; at++)
    zero &= *at == 0;
  start();
  fact(first >= zeros + sizeof zeros, "heap above bss");
  fact(contiguous, "contiguous");
  fact(told, "the end is told");
  fact(below_refused, "an end below the start is refused");
  fact(kernel_refused, "an end in the kernel is refused");
  fact(shrunk, "shrunk");
  fact(zero, "zeros after growing again");
  fact(named_heap(first), "maps says [heap]");
  char *large = malloc(100000), *small = malloc(10);
  fact(large && small, "malloc");
  return finish();
}
