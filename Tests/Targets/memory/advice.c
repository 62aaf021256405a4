// SPDX-License-Identifier: Apache-2.0 WITH Swift-exception
// Advice: dropped pages are zero, others are not given to or wiped in children; small locks.
#include "../target.h"

int main(void) {
  start();
  char *area = mmap(NULL, 8 * 4096, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
  memset(area, 7, 8 * 4096);
  printf("MADV_DONTNEED: %s\n", result(madvise(area, 4096, MADV_DONTNEED)));
  fact(area[0] == 0 && area[4096] == 7, "zero where dropped");
  printf("MADV_WIPEONFORK: %s\n", result(madvise(area + 4096, 4096, MADV_WIPEONFORK)));
  printf("MADV_DONTFORK: %s\n", result(madvise(area + 8192, 4096, MADV_DONTFORK)));
  pid_t child = fork();
  if (child == 0) {
    if (area[4096] != 0 || area[3 * 4096] != 7)
      _exit(1);
    _exit(area[8192]); // not there
  }
  printf("child: %s\n", wait_for(child));
  fact(area[4096] == 7 && area[8192] == 7, "all there in the parent");
  printf("bad advice: %s\n", result(madvise(area, 4096, 12345)));
  printf("unaligned: %s\n", result(madvise(area + 1, 4096, MADV_NORMAL)));
  printf("mlock: %s\n", result(mlock(area, 8192)));
  printf("munlock: %s\n", result(munlock(area, 8192)));
  unsigned char present[8];
  printf("mincore: %s\n", result(mincore(area, 8 * 4096, present)));
  fact(present[3] & 1, "present");
  return finish();
}
