// SPDX-License-Identifier: Apache-2.0 WITH Swift-exception
// Real-time signals keep their order and values; the lower number comes first; others merge.
#include "../target.h"

static char order[256];
static int at;

static void handler(int signal, siginfo_t *info, void *context) {
  (void)context;
  at += snprintf(order + at, sizeof order - (size_t)at, " %d:%d", signal - SIGRTMIN,
                 info->si_value.sival_int);
}

static volatile int usual;
static void usual_handler(int signal) {
  (void)signal;
  usual++;
}

int main(void) {
  start();
  sigset_t set = set_of(SIGUSR1, SIGRTMIN, SIGRTMIN + 1, SIGRTMIN + 2, SIGRTMAX, 0);
  sigprocmask(SIG_BLOCK, &set, NULL);
  for (int number = 0; number < 3; number++) {
    // Each handler runs to its end, so that the order is that of delivery.
    struct sigaction action = {.sa_sigaction = handler, .sa_flags = SA_SIGINFO, .sa_mask = set};
    sigaction(SIGRTMIN + number, &action, NULL);
  }
  signal(SIGUSR1, usual_handler);
  for (int value = 0; value < 4; value++)
    for (int number = 2; number >= 0; number--) {
      union sigval sent = {.sival_int = value * 10 + number};
      sigqueue(getpid(), SIGRTMIN + number, sent);
      raise(SIGUSR1);
    }
  sigprocmask(SIG_UNBLOCK, &set, NULL);
  printf("order:%s\n", order);
  printf("merged: %d\n", usual);

  sigprocmask(SIG_BLOCK, &set, NULL);
  for (int value = 0; value < 3; value++) {
    union sigval sent = {.sival_int = value};
    sigqueue(getpid(), SIGRTMAX, sent);
  }
  siginfo_t info;
  for (int value = 0; value < 3; value++) {
    sigwaitinfo(&set, &info);
    printf("RTMAX: value %d, code %d\n", info.si_value.sival_int, info.si_code);
  }
  // The limit of what may be pending.
  struct rlimit limit = {5, 5};
  setrlimit(RLIMIT_SIGPENDING, &limit);
  int sent = 0;
  union sigval value = {.sival_int = 0};
  // Other processes of this user count as well, so only an upper bound holds.
  while (sent < 10 && sigqueue(getpid(), SIGRTMAX, value) == 0)
    sent++;
  printf("at the limit: %s\n", result(sent < 10 ? -1 : 0));
  fact(sent <= 5, "no more than five");
  return finish();
}
