// SPDX-License-Identifier: Apache-2.0 WITH Swift-exception
// A bad pointer for the old value fails only after the new value was taken.
#include "../target.h"

static void handler(int signal) { (void)signal; }

int main(void) {
  start();
  long bad = (long)mmap(NULL, 4096, PROT_NONE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
  sigset_t set = set_of(SIGUSR1, 0);
  printf("rt_sigprocmask: %s\n",
         raw_result(raw(SYS_rt_sigprocmask, SIG_BLOCK, (long)&set, bad, 8, 0, 0)));
  set = blocked();
  printf("blocked: %s\n", names(&set));
  struct {
    void *handler;
    uint64_t flags;
    void *restorer;
    uint64_t mask;
  } action = {handler, 0x04000000, NULL, 0};
  printf("rt_sigaction: %s\n",
         raw_result(raw(SYS_rt_sigaction, SIGUSR2, (long)&action, bad, 8, 0, 0)));
  struct sigaction now;
  sigaction(SIGUSR2, NULL, &now);
  fact(now.sa_handler == handler, "handler set");
  static char stack[65536];
  stack_t alternate = {stack, 0, sizeof stack}, current;
  printf("sigaltstack: %s\n", raw_result(raw(SYS_sigaltstack, (long)&alternate, bad, 0, 0, 0, 0)));
  sigaltstack(NULL, &current);
  fact(current.ss_sp == stack && current.ss_size == sizeof stack, "alternate stack set");
  return finish();
}
