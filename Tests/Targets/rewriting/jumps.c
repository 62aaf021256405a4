// SPDX-License-Identifier: Apache-2.0 WITH Swift-exception
// A handler jumps two thousand times out of a blocked call at a site that was called before.
#include "site.h"
#include <setjmp.h>

SHORT_SITE(reading, 0)
SHORT_SITE(waiting, 34)
static sigjmp_buf back;
static volatile int handled;

static void handler(int signal) {
  (void)signal;
  handled++;
  siglongjmp(back, 1);
}

int main(void) {
  start();
  int ends[2];
  char bytes[2];
  pipe(ends);
  for (int round = 0; round < 5; round++) {
    write(ends[1], "x", 1);
    expect(reading(ends[0], (long)bytes, 1, 0, 0, 0) == 1, "reading before");
  }
  signal(SIGALRM, handler);
  int jumps = 0;
  volatile int returned = 0;
  for (volatile int round = 0; round < 2000; round++) {
    if (sigsetjmp(back, 1) == 0) {
      struct itimerval soon = {{0, 0}, {0, 100 + round % 7 * 20}};
      setitimer(ITIMER_REAL, &soon, NULL);
      reading(ends[0], (long)bytes, 1, 0, 0, 0);
      returned++;
    } else {
      jumps++;
    }
  }
  printf("jumps %d, handled %d, returned %d\n", jumps, handled, returned);
  write(ends[1], "y", 1);
  fact(reading(ends[0], (long)bytes, 1, 0, 0, 0) == 1 && bytes[0] == 'y', "reading after");
  // pause, at a site that is called for the first time by the loop.
  jumps = 0;
  for (volatile int round = 0; round < 200; round++) {
    if (sigsetjmp(back, 1) == 0) {
      struct itimerval soon = {{0, 0}, {0, 200}};
      setitimer(ITIMER_REAL, &soon, NULL);
      waiting(0, 0, 0, 0, 0, 0);
    } else {
      jumps++;
    }
  }
  printf("out of pause: %d\n", jumps);
  fact(blocked().__val[0] == 0, "nothing is blocked");
  return finish();
}
