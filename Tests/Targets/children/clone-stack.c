// SPDX-License-Identifier: Apache-2.0 WITH Swift-exception
// clone() with a stack of its own that shares memory: suspending the parent, or running beside it.
#include "../target.h"

static char stack[65536] __attribute__((aligned(16)));
static volatile int value, go, seen;

static int suspended(void *argument) {
  struct timespec time = {0, 20000000};
  raw(SYS_nanosleep, (long)&time, 0, 0, 0, 0, 0);
  char local;
  value = &local >= stack && &local < stack + sizeof stack ? *(int *)argument : -1;
  return 21;
}

static int beside(void *argument) {
  // Only raw calls: the thread-local variables are the parent's.
  (void)argument;
  struct timespec time = {0, 1000000};
  while (!go)
    raw(SYS_nanosleep, (long)&time, 0, 0, 0, 0, 0);
  seen = go;
  struct {
    void *handler;
    uint64_t flags;
    void *restorer;
    uint64_t mask;
  } action = {(void *)SIG_IGN, 0, NULL, 0};
  raw(SYS_rt_sigaction, SIGUSR1, (long)&action, 0, 8, 0, 0); // in a table of its own
  uint64_t mask = 1 << (SIGUSR2 - 1);
  raw(SYS_rt_sigprocmask, SIG_BLOCK, (long)&mask, 0, 8, 0, 0);
  raw(SYS_close, 0, 0, 0, 0, 0, 0); // and descriptors of its own
  value = (int)raw(SYS_getppid, 0, 0, 0, 0, 0, 0);
  raw(SYS_exit_group, 22, 0, 0, 0, 0, 0);
  return 0;
}

int main(void) {
  start();
  int argument = 1234;
  pid_t child = clone(suspended, stack + sizeof stack, CLONE_VM | CLONE_VFORK | SIGCHLD, &argument);
  fact(value == 1234, "suspended until the child ended, which ran on its stack");
  printf("%s\n", wait_for(child));

  child = clone(beside, stack + sizeof stack, CLONE_VM | SIGCHLD, NULL);
  go = 77;
  printf("%s\n", wait_for(child));
  fact(seen == 77, "the child saw our write");
  fact(value == getpid(), "we saw the child's");
  struct sigaction action;
  sigaction(SIGUSR1, NULL, &action);
  fact(action.sa_handler == SIG_DFL, "our signal table untouched");
  sigset_t set = blocked();
  printf("blocked: %s\n", names(&set));
  fact(fcntl(0, F_GETFD) != -1, "our descriptors untouched");
  return finish();
}
