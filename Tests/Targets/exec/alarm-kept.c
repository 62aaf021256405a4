// SPDX-License-Identifier: Apache-2.0 WITH Swift-exception
// A running alarm goes on over an execution; a POSIX timer does not.
#include "../target.h"

static volatile int alarms, others;
static void handler(int signal) {
  if (signal == SIGALRM)
    alarms++;
  else
    others++;
}

int main(int argc, char **argv) {
  if (argc > 1) {
    struct itimerval left;
    getitimer(ITIMER_REAL, &left);
    sigset_t pending;
    sigpending(&pending);
    bool running = left.it_value.tv_sec || left.it_value.tv_usec || sigismember(&pending, SIGALRM);
    signal(SIGALRM, handler);
    signal(SIGUSR1, handler);
    sigset_t set = set_of(SIGALRM, SIGUSR1, 0);
    if (alarms == 0) {
      sigset_t none = set_of(0, 0);
      sigprocmask(SIG_BLOCK, &set, NULL);
      while (alarms == 0)
        sigsuspend(&none);
    }
    start();
    fact(running, "the alarm runs on");
    printf("alarms: %d, others: %d\n", alarms, others);
    return finish();
  }
  timer_t timer;
  struct sigevent event = {.sigev_notify = SIGEV_SIGNAL, .sigev_signo = SIGUSR1};
  struct itimerspec spec = {{0, 0}, {0, 300000000}};
  timer_create(CLOCK_MONOTONIC, &event, &timer);
  timer_settime(timer, 0, &spec, NULL);
  sigset_t set = set_of(SIGALRM, 0);
  sigprocmask(SIG_BLOCK, &set, NULL); // it may come before the next program is ready
  struct itimerval interval = {{0, 0}, {0, 800000}};
  setitimer(ITIMER_REAL, &interval, NULL);
  execl(argv[0], argv[0], "executed", NULL);
  return 1;
}
