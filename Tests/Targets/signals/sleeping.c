// SPDX-License-Identifier: Apache-2.0 WITH Swift-exception
// An interrupted sleep tells what is left; stops, continuations and ignored signals do not count.
#include "../target.h"

static volatile int handled;
static void handler(int signal) {
  (void)signal;
  handled++;
}

static double now(void) {
  struct timespec time;
  clock_gettime(CLOCK_MONOTONIC, &time);
  return (double)time.tv_sec + 1e-9 * (double)time.tv_nsec;
}

int main(void) {
  start();
  signal(SIGUSR1, handler);
  struct timespec time = {20, 0}, left = {99, 99};
  timer_t timer = every(SIGUSR1, 50000000);
  double begin = now();
  printf("nanosleep: %s\n", result(nanosleep(&time, &left)));
  timer_delete(timer);
  double rest = (double)left.tv_sec + 1e-9 * (double)left.tv_nsec;
  fact(rest < 20 && rest > 10 && rest + (now() - begin) > 19.9, "what is left is plausible");
  timer = every(SIGUSR1, 50000000);
  printf("nanosleep without: %s\n", result(nanosleep(&time, NULL)));
  timer_delete(timer);

  timer = every(SIGUSR1, 30000000);
  fact(sleep(10) > 5, "sleep tells the seconds left");
  timer_delete(timer);
  // An absolute time is not told.
  clock_gettime(CLOCK_MONOTONIC, &time);
  time.tv_sec += 20;
  left.tv_sec = 77;
  timer = every(SIGUSR1, 30000000);
  errno = clock_nanosleep(CLOCK_MONOTONIC, TIMER_ABSTIME, &time, &left);
  timer_delete(timer);
  fact(errno == EINTR && left.tv_sec == 77, "absolute time");

  // Ignored signals and stops of the process do not end a sleep.
  signal(SIGUSR2, SIG_IGN);
  begin = now();
  time = (struct timespec){0, 200000000};
  timer = every(SIGUSR2, 20000000);
  fact(nanosleep(&time, &left) == 0, "ignored signals");
  timer_delete(timer);
  fact(now() - begin >= 0.2, "slept in full");
  pid_t us = getpid();
  pid_t child = fork();
  if (child == 0) {
    sleep_ms(50);
    kill(us, SIGSTOP);
    sleep_ms(50);
    kill(us, SIGCONT);
    _exit(0);
  }
  begin = now();
  time = (struct timespec){0, 300000000};
  fact(nanosleep(&time, &left) == 0, "stopped and continued");
  fact(now() - begin >= 0.3, "slept in full");
  wait_for(child);
  // A handler of CONT does end it.
  signal(SIGCONT, handler);
  timer = every(SIGCONT, 30000000);
  time = (struct timespec){20, 0};
  printf("handler of CONT: %s\n", result(nanosleep(&time, &left)));
  timer_delete(timer);
  struct timespec bad = {0, 1000000000}, negative = {-1, 0};
  printf("bad time: %s\n", result(nanosleep(&bad, NULL)));
  printf("negative time: %s\n", result(nanosleep(&negative, NULL)));
  return finish();
}
