// SPDX-License-Identifier: Apache-2.0 WITH Swift-exception
// sigwait, sigwaitinfo and sigtimedwait take blocked signals without their handlers.
#include "../target.h"

static volatile int handled;
static void handler(int signal) {
  (void)signal;
  handled++;
}

static void *sender(void *process) {
  sleep_ms(30);
  union sigval value = {.sival_int = 55};
  sigqueue(*(pid_t *)process, SIGRTMIN + 1, value);
  return NULL;
}

int main(void) {
  start();
  signal(SIGUSR1, handler);
  signal(SIGUSR2, handler);
  sigset_t set = set_of(SIGUSR1, SIGTERM, SIGRTMIN + 1, SIGSYS, 0), now;
  sigprocmask(SIG_BLOCK, &set, NULL);
  int taken;
  raise(SIGUSR1);
  fact(sigwait(&set, &taken) == 0 && taken == SIGUSR1, "sigwait");
  kill(getpid(), SIGTERM);
  siginfo_t info;
  fact(sigwaitinfo(&set, &info) == SIGTERM && info.si_code == SI_USER && info.si_pid == getpid(),
       "sigwaitinfo");
  union sigval value = {.sival_int = 9};
  sigqueue(getpid(), SIGRTMIN + 1, value);
  value.sival_int = 10;
  sigqueue(getpid(), SIGRTMIN + 1, value);
  struct timespec second = {1, 0}, short_time = {0, 20000000}, zero = {0, 0};
  fact(sigtimedwait(&set, &info, &second) == SIGRTMIN + 1 && info.si_value.sival_int == 9,
       "sigtimedwait, first value");
  fact(sigtimedwait(&set, &info, &zero) == SIGRTMIN + 1 && info.si_value.sival_int == 10,
       "sigtimedwait, second value");
  printf("nothing left: %s\n", result(sigtimedwait(&set, &info, &zero)));
  struct timespec before, after;
  clock_gettime(CLOCK_MONOTONIC, &before);
  printf("time over: %s\n", result(sigtimedwait(&set, &info, &short_time)));
  clock_gettime(CLOCK_MONOTONIC, &after);
  fact((after.tv_sec - before.tv_sec) * 1000000000 + after.tv_nsec - before.tv_nsec >= 20000000,
       "after its time");
  pid_t us = getpid();
  pthread_t thread;
  pthread_create(&thread, NULL, sender, &us);
  fact(sigwaitinfo(&set, &info) == SIGRTMIN + 1 && info.si_value.sival_int == 55, "from a thread");
  pthread_join(thread, NULL);
  raise(SIGSYS);
  fact(sigtimedwait(&set, NULL, &second) == SIGSYS, "SIGSYS, no information wanted");

  // A handler of another signal interrupts.
  timer_t timer = every(SIGUSR2, 10000000);
  printf("interrupted: %s\n", result(sigtimedwait(&set, &info, &second)));
  timer_delete(timer);
  fact(handled >= 1, "by the handler of the other");
  sigpending(&now);
  printf("pending: %s\n", names(&now));
  return finish();
}
