// SPDX-License-Identifier: Apache-2.0 WITH Swift-exception
// A forked child keeps handlers, mask and alternate stack, but no pending signals and no timers.
#include "../target.h"

static volatile int caught;
static char stack[65536];
static volatile bool on_stack;

static void handler(int signal) {
  char local;
  caught = signal;
  on_stack = &local >= stack && &local < stack + sizeof stack;
}

int main(void) {
  start();
  stack_t alternate = {stack, 0, sizeof stack}, now;
  sigaltstack(&alternate, NULL);
  struct sigaction action = {.sa_handler = handler, .sa_flags = SA_ONSTACK};
  sigaction(SIGUSR1, &action, NULL);
  signal(SIGUSR2, SIG_IGN);
  sigset_t set = set_of(SIGHUP, SIGSYS, SIGTERM, 0);
  sigprocmask(SIG_SETMASK, &set, NULL);
  raise(SIGHUP);
  raise(SIGSYS);
  struct itimerval timer = {{0, 0}, {5, 0}};
  setitimer(ITIMER_REAL, &timer, NULL);
  fflush(stdout);
  pid_t child = fork();
  if (child == 0) {
    set = blocked();
    printf("child blocks: %s\n", names(&set));
    sigpending(&set);
    printf("child has pending: %s\n", names(&set));
    getitimer(ITIMER_REAL, &timer);
    fact(timer.it_value.tv_sec == 0 && timer.it_value.tv_usec == 0, "child has no timer");
    sigaltstack(NULL, &now);
    fact(now.ss_sp == stack && now.ss_flags == 0, "child has the alternate stack");
    raise(SIGUSR1);
    fact(caught == SIGUSR1 && on_stack, "child's handler runs on it");
    raise(SIGUSR2);
    sigaction(SIGUSR1, NULL, &action);
    fact(action.sa_handler == handler && action.sa_flags & SA_ONSTACK, "child's handler");
    signal(SIGUSR1, SIG_DFL);
    return finish() ? 1 : 33;
  }
  printf("%s\n", wait_for(child));
  sigpending(&set);
  printf("pending here: %s\n", names(&set));
  sigaction(SIGUSR1, NULL, &action);
  fact(action.sa_handler == handler, "our handler");
  getitimer(ITIMER_REAL, &timer);
  fact(timer.it_value.tv_sec > 0 || timer.it_value.tv_usec > 0, "our timer");
  return finish();
}
