// SPDX-License-Identifier: Apache-2.0 WITH Swift-exception
// A handler makes the page writable and returns; the write that faulted is tried again.
#include "../target.h"

enum { pages = 64 };
static char *area;
static volatile int faults;
static volatile bool good = true;

static void handler(int signal, siginfo_t *info, void *context) {
  (void)signal, (void)context;
  char *page = (char *)((uintptr_t)info->si_addr & ~4095UL);
  good &= page >= area && page < area + pages * 4096 && info->si_code == SEGV_ACCERR;
  faults++;
  mprotect(page, 4096, PROT_READ | PROT_WRITE);
}

int main(void) {
  start();
  on(SIGSEGV, handler, 0);
  area = mmap(NULL, pages * 4096, PROT_READ, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
  for (int round = 0; round < 5; round++) {
    for (int index = 0; index < pages; index++)
      area[index * 4096 + 17 * round] = (char)(index + round);
    bool kept = true;
    for (int index = 0; index < pages; index++)
      kept &= area[index * 4096 + 17 * round] == (char)(index + round);
    printf("round %d: faults %d\n", round, faults);
    fact(kept, "round %d: written", round);
    mprotect(area, pages * 4096, PROT_READ);
  }
  fact(good, "addresses");
  // The kernel's own access does not fault into the handler.
  faults = 0;
  int ends[2];
  pipe(ends);
  write(ends[1], "x", 1);
  mprotect(area, 4096, PROT_READ);
  printf("read into it: %s, faults %d\n", result(read(ends[0], area, 1)), faults);
  return finish();
}
