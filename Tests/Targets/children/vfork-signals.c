// SPDX-License-Identifier: Apache-2.0 WITH Swift-exception
// What a vfork child does to its handlers, mask and alternate stack changes nothing of the parent.
#include "../target.h"

static volatile int caught;
static void handler(int signal) { caught = signal; }
static void other(int signal) { caught = -signal; }
static char stack[65536], second[65536];

int main(int argc, char **argv) {
  start();
  if (argc > 1) {
    struct sigaction action;
    sigaction(SIGUSR1, NULL, &action);
    sigset_t set = blocked();
    printf("executed: blocked %s, USR1 %s\n", names(&set),
           action.sa_handler == SIG_IGN ? "ignored" : "default");
    return 5;
  }
  stack_t alternate = {stack, 0, sizeof stack}, now;
  sigaltstack(&alternate, NULL);
  signal(SIGUSR1, handler);
  sigset_t set = set_of(SIGHUP, 0);
  sigprocmask(SIG_SETMASK, &set, NULL);
  for (int round = 0; round < 4; round++) {
    volatile bool child_caught = false;
    pid_t child = vfork();
    if (child == 0) {
      sigset_t mask = set_of(SIGTERM, SIGSYS, 0);
      sigprocmask(SIG_SETMASK, &mask, NULL);
      stack_t changed = {second, 0, sizeof second};
      sigaltstack(&changed, NULL);
      if (round == 0) {
        signal(SIGUSR1, SIG_IGN);
      } else if (round == 1) {
        signal(SIGUSR1, other);
        raise(SIGUSR1);
        child_caught = caught == -SIGUSR1;
      } else if (round == 2) {
        signal(SIGUSR1, SIG_DFL);
        raise(SIGUSR1);
      } else {
        signal(SIGUSR1, SIG_IGN);
        execl(argv[0], argv[0], "executed", NULL);
      }
      _exit(round);
    }
    printf("round %d: %s\n", round, wait_for(child));
    if (round == 1)
      fact(child_caught, "the child's handler ran in the child");
    caught = 0;
    raise(SIGUSR1);
    fact(caught == SIGUSR1, "round %d: our handler", round);
    set = blocked();
    printf("round %d: blocked %s\n", round, names(&set));
    sigaltstack(NULL, &now);
    fact(now.ss_sp == stack, "round %d: our alternate stack", round);
  }
  return finish();
}
