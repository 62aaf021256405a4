// SPDX-License-Identifier: Apache-2.0 WITH Swift-exception
// POSIX timers by signal, by thread and by none, and timers behind descriptors.
#include "../target.h"
#include <sys/timerfd.h>

static volatile int count, value, code;
static volatile bool thread_ran, other_thread;
static pthread_t main_thread;

static void handler(int signal, siginfo_t *info, void *context) {
  (void)signal, (void)context;
  value = info->si_value.sival_int;
  code = info->si_code;
  count++;
}

static void in_thread(union sigval argument) {
  value = argument.sival_int;
  other_thread = !pthread_equal(pthread_self(), main_thread);
  thread_ran = true;
}

int main(void) {
  start();
  main_thread = pthread_self();
  on(SIGRTMIN, handler, SA_RESTART);
  timer_t timer;
  struct sigevent event;
  memset(&event, 0, sizeof event);
  event.sigev_notify = SIGEV_SIGNAL;
  event.sigev_signo = SIGRTMIN;
  event.sigev_value.sival_int = 99;
  fact(timer_create(CLOCK_MONOTONIC, &event, &timer) == 0, "created");
  struct itimerspec spec = {{0, 5000000}, {0, 5000000}}, now;
  timer_settime(timer, 0, &spec, NULL);
  while (count < 5)
    pause();
  timer_gettime(timer, &now);
  fact(now.it_interval.tv_nsec == 5000000, "interval told");
  printf("code %d, value %d\n", code, value);
  timer_delete(timer);
  printf("deleted: %s\n", result(timer_delete((timer_t)(long)12345)));

  memset(&event, 0, sizeof event);
  event.sigev_notify = SIGEV_THREAD;
  event.sigev_notify_function = in_thread;
  event.sigev_value.sival_int = 88;
  timer_create(CLOCK_REALTIME, &event, &timer);
  spec = (struct itimerspec){{0, 0}, {0, 10000000}};
  timer_settime(timer, 0, &spec, NULL);
  for (int tries = 0; tries < 5000 && !thread_ran; tries++)
    sleep_ms(1);
  fact(thread_ran && other_thread && value == 88, "by a thread");
  timer_delete(timer);

  // To one thread only.
  memset(&event, 0, sizeof event);
  event.sigev_notify = SIGEV_THREAD_ID;
  event.sigev_signo = SIGRTMIN;
  event._sigev_un._tid = gettid();
  event.sigev_value.sival_int = 77;
  timer_create(CLOCK_MONOTONIC, &event, &timer);
  count = 0;
  timer_settime(timer, 0, &spec, NULL);
  while (count < 1)
    pause();
  printf("to a thread: value %d\n", value);
  timer_delete(timer);

  // Overruns while the signal is blocked are counted.
  event.sigev_notify = SIGEV_SIGNAL;
  timer_create(CLOCK_MONOTONIC, &event, &timer);
  sigset_t set = set_of(SIGRTMIN, 0);
  sigprocmask(SIG_BLOCK, &set, NULL);
  spec = (struct itimerspec){{0, 1000000}, {0, 1000000}};
  timer_settime(timer, 0, &spec, NULL);
  sleep_ms(50);
  siginfo_t info;
  fact(sigwaitinfo(&set, &info) == SIGRTMIN && info.si_code == SI_TIMER && info.si_overrun > 10,
       "overruns");
  timer_delete(timer);

  int descriptor = timerfd_create(CLOCK_MONOTONIC, TFD_CLOEXEC);
  timerfd_settime(descriptor, 0, &spec, NULL);
  sleep_ms(30);
  uint64_t expirations = 0;
  fact(read(descriptor, &expirations, 8) == 8 && expirations >= 10, "expirations read");
  spec = (struct itimerspec){{0, 0}, {0, 0}};
  timerfd_settime(descriptor, 0, &spec, NULL);
  struct pollfd waiting = {descriptor, POLLIN, 0};
  fact(poll(&waiting, 1, 20) == 0, "stopped");
  return finish();
}
