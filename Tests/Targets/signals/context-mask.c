// SPDX-License-Identifier: Apache-2.0 WITH Swift-exception
// The mask in a handler's context is the interrupted one; a changed one holds after the return.
#include "../target.h"

static sigset_t seen, to_set;
static volatile bool change;
static volatile int order, order_of_pending;

static void handler(int signal, siginfo_t *info, void *context) {
  (void)signal, (void)info;
  ucontext_t *user = context;
  memcpy(&seen, &user->uc_sigmask, 8);
  if (change)
    memcpy(&user->uc_sigmask, &to_set, 8);
  // Changing the mask in here does not last.
  sigset_t other = set_of(SIGTERM, SIGHUP, 0);
  sigprocmask(SIG_BLOCK, &other, NULL);
  order = 1;
}

static void pending_handler(int signal, siginfo_t *info, void *context) {
  (void)signal, (void)info, (void)context;
  order_of_pending = order;
}

static void show(const char *what) {
  sigset_t set = blocked();
  printf("%s: blocked %s, context had ", what, names(&set));
  // Only the first 64 signals are in the context.
  sigset_t context_mask;
  sigemptyset(&context_mask);
  memcpy(&context_mask, &seen, 8);
  printf("%s\n", names(&context_mask));
}

int main(void) {
  start();
  on(SIGUSR1, handler, 0);
  on(SIGUSR2, pending_handler, 0);
  sigset_t set = set_of(SIGINT, SIGSYS, 0);
  sigprocmask(SIG_SETMASK, &set, NULL);
  raise(SIGUSR1);
  show("unchanged");
  change = true;
  to_set = set_of(SIGSEGV, SIGKILL, SIGRTMAX, 0);
  raise(SIGUSR1);
  show("changed");
  to_set = set_of(SIGUSR2, 0);
  raise(SIGUSR1);
  show("blocks USR2");
  raise(SIGUSR2);
  fact(order_of_pending == 0, "USR2 waits");
  to_set = set_of(0, 0);
  order = 0;
  raise(SIGUSR1);
  fact(order_of_pending == 1, "USR2 comes when the return unblocks it");
  show("none");
  return finish();
}
