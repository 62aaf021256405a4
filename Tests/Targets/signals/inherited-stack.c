// SPDX-License-Identifier: Apache-2.0 WITH Swift-exception
// Who gets the alternate stack: a forked child does, a new thread does not.
#include "../target.h"

static char stack[65536], other[65536];

static void *thread(void *unused) {
  (void)unused;
  stack_t now;
  sigaltstack(NULL, &now);
  fact(now.ss_flags == SS_DISABLE, "thread: none");
  stack_t alternate = {other, 0, sizeof other};
  sigaltstack(&alternate, NULL);
  sigaltstack(NULL, &now);
  fact(now.ss_sp == other, "thread: its own");
  return NULL;
}

static volatile int flags_seen = -1;
static int sharing(void *unused) {
  (void)unused;
  stack_t now;
  raw(SYS_sigaltstack, 0, (long)&now, 0, 0, 0, 0);
  flags_seen = now.ss_flags;
  return 0;
}

int main(void) {
  start();
  static char child_stack[65536] __attribute__((aligned(16)));
  stack_t alternate = {stack, 0, sizeof stack}, now;
  sigaltstack(&alternate, NULL);
  pthread_t other_thread;
  pthread_create(&other_thread, NULL, thread, NULL);
  pthread_join(other_thread, NULL);
  sigaltstack(NULL, &now);
  fact(now.ss_sp == stack && now.ss_flags == 0, "ours untouched");
  pid_t child = fork();
  if (child == 0) {
    sigaltstack(NULL, &now);
    _exit(now.ss_sp == stack && now.ss_flags == 0 ? 10 : 1);
  }
  printf("forked child has it: %s\n", wait_for(child));
  child = clone(sharing, child_stack + sizeof child_stack, CLONE_VM | SIGCHLD, NULL);
  wait_for(child);
  printf("child that shares memory: flags %d\n", flags_seen);
  child = clone(sharing, child_stack + sizeof child_stack, CLONE_VM | CLONE_VFORK | SIGCHLD, NULL);
  wait_for(child);
  printf("child that suspends us: flags %d\n", flags_seen);
  return finish();
}
