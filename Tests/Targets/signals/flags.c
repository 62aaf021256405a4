// SPDX-License-Identifier: Apache-2.0 WITH Swift-exception
// SA_NODEFER, SA_RESETHAND, SA_SIGINFO and sa_mask do what they say.
#include "../target.h"

static volatile int depth, deepest, count;
static sigset_t inside;
static int infos, codes;

static void recursive(int signal) {
  depth++;
  count++;
  if (depth > deepest)
    deepest = depth;
  if (count < 4)
    raise(signal);
  depth--;
}

static void looking(int signal) {
  (void)signal;
  inside = blocked();
}

static void informed(int signal, siginfo_t *info, void *context) {
  infos += info && info->si_signo == signal && info->si_pid == getpid() && context;
  codes += info && info->si_code == SI_USER;
}

static void set(int signal, void (*handler)(int), int flags, sigset_t mask) {
  struct sigaction action = {.sa_handler = handler, .sa_flags = flags, .sa_mask = mask};
  sigaction(signal, &action, NULL);
}

static const char *state(int signal) {
  struct sigaction action;
  sigaction(signal, NULL, &action);
  return action.sa_handler == SIG_DFL ? "default" : "caught";
}

int main(void) {
  start();
  sigset_t none = set_of(0, 0);
  set(SIGUSR1, recursive, 0, none);
  raise(SIGUSR1);
  printf("deferred: %d handlers, depth %d\n", count, deepest);
  count = deepest = 0;
  set(SIGUSR1, recursive, SA_NODEFER, none);
  raise(SIGUSR1);
  printf("not deferred: %d handlers, depth %d\n", count, deepest);
  count = deepest = 0;
  set(SIGUSR1, recursive, SA_NODEFER, set_of(SIGUSR1, 0));
  raise(SIGUSR1);
  printf("not deferred but in the mask: %d handlers, depth %d\n", count, deepest);

  set(SIGUSR1, looking, 0, set_of(SIGUSR2, SIGSYS, SIGKILL, 0));
  raise(SIGUSR1);
  printf("inside: %s\n", names(&inside));
  inside = blocked();
  printf("outside: %s\n", names(&inside));
  set(SIGUSR1, looking, SA_NODEFER, none);
  raise(SIGUSR1);
  printf("inside, not deferred: %s\n", names(&inside));
  sigset_t before = set_of(SIGHUP, 0);
  sigprocmask(SIG_SETMASK, &before, NULL);
  set(SIGUSR1, looking, 0, set_of(SIGTERM, 0));
  raise(SIGUSR1);
  printf("inside, with more before: %s\n", names(&inside));
  sigprocmask(SIG_SETMASK, &none, NULL);

  set(SIGUSR1, looking, SA_RESETHAND, none);
  raise(SIGUSR1);
  printf("reset: %s, inside: %s\n", state(SIGUSR1), names(&inside));
  set(SIGUSR1, looking, (int)SA_RESETHAND | SA_NODEFER, none);
  raise(SIGUSR1);
  printf("reset and not deferred: %s, inside: %s\n", state(SIGUSR1), names(&inside));
  struct sigaction action;
  sigaction(SIGUSR1, NULL, &action);
  printf("flags after: %s%s\n", action.sa_flags & (int)SA_RESETHAND ? "RESETHAND" : "-",
         action.sa_flags & SA_NODEFER ? " NODEFER" : "");

  on(SIGUSR2, informed, 0);
  kill(getpid(), SIGUSR2);
  raise(SIGUSR2); // by tgkill
  printf("with information: %d, of them SI_USER: %d\n", infos, codes);
  return finish();
}
