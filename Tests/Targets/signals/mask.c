// SPDX-License-Identifier: Apache-2.0 WITH Swift-exception
// The signal mask reads back as set, SIGSYS and SIGSEGV included, KILL and STOP left out.
// flags: -Wno-restrict
#include "../target.h"

static void show(const char *what) {
  sigset_t set = blocked();
  printf("%s: %s\n", what, names(&set));
}

static void *thread(void *unused) {
  (void)unused;
  show("thread inherits");
  sigset_t set = set_of(SIGUSR2, 0);
  pthread_sigmask(SIG_SETMASK, &set, NULL);
  show("thread sets");
  return NULL;
}

int main(void) {
  start();
  show("at first");
  sigset_t set = set_of(SIGUSR1, SIGSYS, 0), old;
  sigprocmask(SIG_BLOCK, &set, &old);
  printf("old: %s\n", names(&old));
  show("blocked");
  set = set_of(SIGSEGV, SIGKILL, SIGSTOP, SIGRTMAX, 0);
  sigprocmask(SIG_BLOCK, &set, &old);
  printf("old: %s\n", names(&old));
  show("more");
  set = set_of(SIGUSR1, SIGHUP, 0);
  sigprocmask(SIG_UNBLOCK, &set, NULL);
  show("unblocked");
  pthread_t other;
  pthread_create(&other, NULL, thread, NULL);
  pthread_join(other, NULL);
  show("after the thread");
  uint64_t all = ~0UL, now = 0;
  raw(SYS_rt_sigprocmask, SIG_SETMASK, (long)&all, 0, 8, 0, 0);
  raw(SYS_rt_sigprocmask, SIG_SETMASK, 0, (long)&now, 8, 0, 0);
  printf("all: %#lx\n", now);
  // The same memory for the new set and the old one.
  now = 1UL << (SIGUSR1 - 1);
  raw(SYS_rt_sigprocmask, SIG_SETMASK, (long)&now, (long)&now, 8, 0, 0);
  printf("same memory: %#lx\n", now);
  show("and set");
  set = set_of(SIGUSR2, 0);
  sigprocmask(SIG_BLOCK, &set, &set);
  printf("same memory: %s\n", names(&set));
  show("and blocked");
  return finish();
}
