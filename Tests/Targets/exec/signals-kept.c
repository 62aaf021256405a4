// SPDX-License-Identifier: Apache-2.0 WITH Swift-exception
// An execution keeps ignored signals, the mask and what is pending, but no handler and no stack.
#include "../target.h"

static void handler(int signal) { (void)signal; }
static char stack[65536];

static const char *action_of(int signal) {
  struct sigaction action;
  memset(&action, 0x55, sizeof action);
  sigaction(signal, NULL, &action);
  expect(action.sa_handler == SIG_IGN || (action.sa_flags & ~0x4000000) == 0, "flags of %s: %#x",
         sigabbrev_np(signal), action.sa_flags);
  return action.sa_handler == SIG_DFL   ? "default"
         : action.sa_handler == SIG_IGN ? "ignored"
                                        : "caught";
}

int main(int argc, char **argv) {
  start();
  sigset_t set;
  if (argc > 1) {
    printf("USR1 %s, USR2 %s, CHLD %s, HUP %s, SYS %s, SEGV %s\n", action_of(SIGUSR1),
           action_of(SIGUSR2), action_of(SIGCHLD), action_of(SIGHUP), action_of(SIGSYS),
           action_of(SIGSEGV));
    set = blocked();
    printf("blocked: %s\n", names(&set));
    sigpending(&set);
    printf("pending: %s\n", names(&set));
    stack_t now;
    sigaltstack(NULL, &now);
    fact(now.ss_flags == SS_DISABLE, "no alternate stack");
    set = set_of(SIGTERM, SIGSYS, SIGRTMIN, 0);
    for (int count = 0; count < 4; count++) {
      siginfo_t info;
      int signal = sigwaitinfo(&set, &info);
      printf("took %s, value %d\n", signal >= SIGRTMIN ? "RTMIN" : sigabbrev_np(signal),
             info.si_code == SI_QUEUE ? info.si_value.sival_int : -1);
    }
    return finish() ? 1 : 14;
  }
  struct sigaction action = {.sa_handler = handler,
                             .sa_flags = SA_RESTART | SA_NODEFER | SA_ONSTACK};
  sigfillset(&action.sa_mask);
  sigaction(SIGUSR1, &action, NULL);
  sigaction(SIGSEGV, &action, NULL);
  sigaction(SIGSYS, &action, NULL);
  signal(SIGUSR2, SIG_IGN);
  signal(SIGCHLD, SIG_IGN);
  stack_t alternate = {stack, 0, sizeof stack};
  sigaltstack(&alternate, NULL);
  set = set_of(SIGTERM, SIGSYS, SIGSEGV, SIGRTMIN, 0);
  sigprocmask(SIG_SETMASK, &set, NULL);
  raise(SIGTERM);
  kill(getpid(), SIGSYS);
  union sigval value = {.sival_int = 7};
  sigqueue(getpid(), SIGRTMIN, value);
  value.sival_int = 8;
  sigqueue(getpid(), SIGRTMIN, value);
  raise(SIGUSR2);
  execl(argv[0], argv[0], "executed", NULL);
  return 1;
}
