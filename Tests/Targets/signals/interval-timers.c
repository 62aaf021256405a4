// SPDX-License-Identifier: Apache-2.0 WITH Swift-exception
// Interval timers of real, virtual and profiling time, and alarm.
#include "../target.h"

static volatile int counts[65];
static void handler(int signal) { counts[signal]++; }

int main(void) {
  start();
  signal(SIGALRM, handler);
  signal(SIGVTALRM, handler);
  signal(SIGPROF, handler);
  struct itimerval interval = {{0, 10000}, {0, 10000}}, none = {{0, 0}, {0, 0}}, now;
  setitimer(ITIMER_REAL, &interval, NULL);
  while (counts[SIGALRM] < 5)
    pause();
  setitimer(ITIMER_REAL, &none, &now);
  fact(now.it_interval.tv_usec == 10000, "real: interval told");
  setitimer(ITIMER_VIRTUAL, &interval, NULL);
  while (counts[SIGVTALRM] < 5)
    ;
  setitimer(ITIMER_VIRTUAL, &none, NULL);
  setitimer(ITIMER_PROF, &interval, NULL);
  while (counts[SIGPROF] < 5)
    getppid();
  setitimer(ITIMER_PROF, &none, NULL);
  fact(counts[SIGALRM] >= 5 && counts[SIGVTALRM] >= 5 && counts[SIGPROF] >= 5, "all three came");
  int before = counts[SIGALRM];
  alarm(50);
  unsigned left = alarm(100);
  fact(left > 40 && left <= 50, "alarm tells the seconds left");
  left = alarm(0);
  fact(left > 90 && left <= 100, "and again");
  fact(alarm(0) == 0, "none left");
  interval = (struct itimerval){{0, 0}, {0, 20000}};
  setitimer(ITIMER_REAL, &interval, NULL);
  while (counts[SIGALRM] == before)
    ;
  fact(counts[SIGALRM] == before + 1, "one shot");
  sleep_ms(50);
  fact(counts[SIGALRM] == before + 1, "and no more");
  return finish();
}
