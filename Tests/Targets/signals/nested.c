// SPDX-License-Identifier: Apache-2.0 WITH Swift-exception
// Handlers nest: each signal interrupts the handler before it, and all return in order.
#include "../target.h"

static char order[64];
static volatile int at;
static volatile bool good = true;

static void handler(int signal, siginfo_t *info, void *context) {
  (void)context;
  int number = signal - SIGRTMIN;
  order[at++] = (char)('a' + number);
  good &= info->si_signo == signal;
  volatile double kept = number * 1.25;
  if (number < 9)
    raise(signal + 1);
  good &= kept == number * 1.25;
  order[at++] = (char)('A' + number);
}

static void blocking(int signal, siginfo_t *info, void *context) {
  (void)info, (void)context;
  order[at++] = (char)('a' + signal - SIGRTMIN);
  if (signal == SIGRTMIN)
    raise(SIGRTMIN + 1);
  order[at++] = (char)('A' + signal - SIGRTMIN);
}

int main(void) {
  start();
  for (int number = 0; number < 10; number++)
    on(SIGRTMIN + number, handler, 0);
  raise(SIGRTMIN);
  printf("%s\n", order);
  fact(good, "information and local variables kept");
  memset(order, 0, sizeof order);
  at = 0;
  struct sigaction action = {.sa_sigaction = blocking, .sa_flags = SA_SIGINFO};
  action.sa_mask = set_of(SIGRTMIN + 1, 0);
  sigaction(SIGRTMIN, &action, NULL);
  sigaction(SIGRTMIN + 1, &action, NULL);
  raise(SIGRTMIN);
  printf("blocked meanwhile: %s\n", order);
  sigset_t set = blocked();
  printf("blocked: %s\n", names(&set));

  // Two pending signals are handled one inside the other, the lower number outermost first.
  memset(order, 0, sizeof order);
  at = 0;
  for (int number = 0; number < 3; number++)
    on(SIGRTMIN + number, blocking, 0);
  set = set_of(SIGRTMIN + 1, SIGRTMIN + 2, 0);
  sigprocmask(SIG_BLOCK, &set, NULL);
  raise(SIGRTMIN + 1);
  raise(SIGRTMIN + 2);
  sigprocmask(SIG_UNBLOCK, &set, NULL);
  printf("both pending: %s\n", order);
  return finish();
}
