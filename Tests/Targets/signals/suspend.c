// SPDX-License-Identifier: Apache-2.0 WITH Swift-exception
// sigsuspend waits with its own mask; pause waits for any handler.
#include "../target.h"

static volatile int caught, count;
static sigset_t inside;
static void handler(int signal) {
  caught = signal;
  count++;
  inside = blocked();
}

int main(void) {
  start();
  struct sigaction action = {.sa_handler = handler};
  sigaction(SIGUSR1, &action, NULL);
  sigaction(SIGUSR2, &action, NULL);
  sigset_t set = set_of(SIGUSR1, SIGUSR2, 0);
  sigprocmask(SIG_BLOCK, &set, NULL);
  raise(SIGUSR1);
  raise(SIGUSR2);
  sigset_t waiting = set_of(SIGUSR2, SIGHUP, SIGSYS, 0);
  printf("sigsuspend: %s\n", result(sigsuspend(&waiting)));
  printf("caught %s, inside: %s\n", sigabbrev_np(caught), names(&inside));
  sigset_t now = blocked();
  printf("afterwards: %s\n", names(&now));
  sigpending(&now);
  printf("pending: %s\n", names(&now));
  sigset_t none = set_of(0, 0);
  printf("sigsuspend: %s\n", result(sigsuspend(&none)));
  printf("caught %s\n", sigabbrev_np(caught));

  // Both at once: both handlers run before it returns.
  count = 0;
  raise(SIGUSR1);
  raise(SIGUSR2);
  sigsuspend(&none);
  printf("both: %d\n", count);

  timer_t timer = every(SIGUSR1, 10000000);
  count = 0;
  printf("later: %s\n", result(sigsuspend(&none)));
  fact(count >= 1, "caught");
  sigprocmask(SIG_SETMASK, &none, NULL);
  printf("pause: %s\n", result(pause()));
  action.sa_flags = SA_RESTART;
  sigaction(SIGUSR1, &action, NULL);
  printf("pause with SA_RESTART: %s\n", result(pause()));
  printf("sigsuspend with SA_RESTART: %s\n", result(sigsuspend(&none)));
  timer_delete(timer);
  return finish();
}
