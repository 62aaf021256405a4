// SPDX-License-Identifier: Apache-2.0 WITH Swift-exception
// What the target programs share: printing facts, naming results, installing handlers.
#pragma once
#ifndef _GNU_SOURCE
#define _GNU_SOURCE
#endif
#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <pthread.h>
#include <sched.h>
#include <signal.h>
#include <stdarg.h>
#include <stdbool.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/auxv.h>
#include <sys/mman.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <sys/time.h>
#include <sys/wait.h>
#include <time.h>
#include <ucontext.h>
#include <unistd.h>

static bool any_wrong;

/// Called first in main: whole lines are written at once, and a hang ends the program.
static inline void start(void) {
  setvbuf(stdout, NULL, _IOLBF, 0);
  alarm(30);
}

/// Prints the fact and whether it holds.
__attribute__((format(printf, 2, 3))) static inline void fact(bool holds, const char *format, ...) {
  char text[256];
  va_list list;
  va_start(list, format);
  vsnprintf(text, sizeof text, format, list);
  va_end(list);
  any_wrong |= !holds;
  printf("%s: %s\n", text, holds ? "yes" : "no");
}

/// Prints the fact only if it does not hold, for checks made many times.
__attribute__((format(printf, 2, 3))) static inline void expect(bool holds, const char *format,
                                                                ...) {
  if (holds)
    return;
  char text[256];
  va_list list;
  va_start(list, format);
  vsnprintf(text, sizeof text, format, list);
  va_end(list);
  any_wrong = true;
  printf("wrong: %s\n", text);
}

/// The value main returns.
static inline int finish(void) {
  puts("done");
  fflush(stdout);
  return any_wrong;
}

/// The name of what a call through libc gave: "ok" or the error.
static inline const char *result(long value) {
  if (value != -1)
    return "ok";
  const char *name = strerrorname_np(errno);
  return name ? name : "unknown error";
}

/// The same for what the kernel itself gave.
static inline const char *raw_result(long value) {
  if (value >= 0 || value < -4095)
    return "ok";
  const char *name = strerrorname_np((int)-value);
  return name ? name : "unknown error";
}

/// A system call made right here, not in libc.
static inline long raw(long number, long a, long b, long c, long d, long e, long f) {
  register long r10 __asm__("r10") = d;
  register long r8 __asm__("r8") = e;
  register long r9 __asm__("r9") = f;
  long value;
  __asm__ volatile("syscall"
                   : "=a"(value)
                   : "a"(number), "D"(a), "S"(b), "d"(c), "r"(r10), "r"(r8), "r"(r9)
                   : "rcx", "r11", "memory");
  return value;
}

/// A wait status in words, in a buffer that the next call overwrites.
static inline const char *ending(int status) {
  static char text[64];
  if (WIFEXITED(status))
    snprintf(text, sizeof text, "exit %d", WEXITSTATUS(status));
  else if (WIFSTOPPED(status))
    snprintf(text, sizeof text, "stopped by %s", sigabbrev_np(WSTOPSIG(status)));
  else if (WIFCONTINUED(status))
    snprintf(text, sizeof text, "continued");
  else if (sigabbrev_np(WTERMSIG(status)))
    snprintf(text, sizeof text, "signal %s", sigabbrev_np(WTERMSIG(status)));
  else
    snprintf(text, sizeof text, "signal RTMIN+%d", WTERMSIG(status) - SIGRTMIN);
  return text;
}

/// Waits for the child and says how it ended.
static inline const char *wait_for(pid_t child) {
  int status = 0;
  pid_t got;
  do
    got = waitpid(child, &status, 0);
  while (got == -1 && errno == EINTR);
  return got == child ? ending(status) : result(-1);
}

/// Installs a handler of three arguments.
static inline void on(int signal, void (*handler)(int, siginfo_t *, void *), int flags) {
  struct sigaction action;
  memset(&action, 0, sizeof action);
  action.sa_sigaction = handler;
  action.sa_flags = flags | SA_SIGINFO;
  if (sigaction(signal, &action, NULL) != 0)
    printf("wrong: sigaction for %d gives %s\n", signal, result(-1));
}

/// A set of the given signals, which end with 0.
static inline sigset_t set_of(int first, ...) {
  sigset_t set;
  sigemptyset(&set);
  va_list list;
  va_start(list, first);
  for (int signal = first; signal != 0; signal = va_arg(list, int))
    sigaddset(&set, signal);
  va_end(list);
  return set;
}

/// The names of the signals in a set, in a buffer that the next call overwrites.
static inline const char *names(const sigset_t *set) {
  static char text[512];
  size_t length = 0;
  text[0] = 0;
  for (int signal = 1; signal <= 64 && length < sizeof text - 16; signal++) {
    if (sigismember(set, signal) != 1)
      continue;
    const char *name = sigabbrev_np(signal);
    length += (size_t)(name ? snprintf(text + length, sizeof text - length, " %s", name)
                            : snprintf(text + length, sizeof text - length, " %d", signal));
  }
  return length ? text + 1 : "none";
}

/// The signals blocked now.
static inline sigset_t blocked(void) {
  sigset_t set;
  pthread_sigmask(SIG_SETMASK, NULL, &set);
  return set;
}

/// Sends the signal to the process again and again, until the timer is deleted.
static inline timer_t every(int signal, long nanoseconds) {
  struct sigevent event;
  memset(&event, 0, sizeof event);
  event.sigev_notify = SIGEV_SIGNAL;
  event.sigev_signo = signal;
  timer_t timer;
  struct itimerspec spec = {{0, nanoseconds}, {0, nanoseconds}};
  if (timer_create(CLOCK_MONOTONIC, &event, &timer) != 0 ||
      timer_settime(timer, 0, &spec, NULL) != 0)
    puts("wrong: no timer");
  return timer;
}

/// Sleeps although signals come.
static inline void sleep_ms(long milliseconds) {
  struct timespec time = {milliseconds / 1000, milliseconds % 1000 * 1000000};
  while (nanosleep(&time, &time) == -1 && errno == EINTR)
    ;
}

/// How many descriptors below 256 are open.
static inline int open_descriptors(void) {
  int count = 0;
  for (int descriptor = 0; descriptor < 256; descriptor++)
    count += fcntl(descriptor, F_GETFD) != -1;
  return count;
}
