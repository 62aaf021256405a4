// SPDX-License-Identifier: Apache-2.0 WITH Swift-exception
// Makes calls at sites of every kind, in threads, children and handlers, always as many.
#define _GNU_SOURCE
#include <pthread.h>
#include <signal.h>
#include <stdatomic.h>
#include <stdlib.h>
#include <sys/mman.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <unistd.h>

enum { THREADS = 3, CHILDREN = 3, TIMES = 1000 };
static atomic_int ended;

static long by_register(long number) {
  long value;
  __asm__ volatile("syscall" : "=a"(value) : "a"(number) : "rcx", "r11", "memory");
  return value;
}

/// Moves of a number that has a call, and of one that has none.
static void by_move(void) {
  long value;
  __asm__ volatile("mov $39, %%eax\n syscall" : "=a"(value)::"rcx", "r11", "memory");
  __asm__ volatile("movq $110, %%rax\n syscall" : "=a"(value)::"rcx", "r11", "memory");
  __asm__ volatile("mov $500, %%eax\n syscall" : "=a"(value)::"rcx", "r11", "memory");
}

static void work(void) {
  for (int round = 0; round < TIMES; round++) {
    by_move();
    by_register(SYS_getuid);
  }
}

static void *runs(void *unused) {
  work();
  atomic_fetch_add(&ended, 1);
  // Whether an end is waited for by a call is a matter of time.
  for (;;)
    __asm__ volatile("pause");
  return unused;
}

static void handler(int signal) {
  (void)signal;
  by_move();
}

int main(void) {
  work();
  for (int number = 0; number < CHILDREN; number++) {
    pid_t child = fork();
    if (child == 0) {
      work();
      _exit(0);
    }
    waitpid(child, NULL, 0);
  }
  signal(SIGUSR1, handler);
  for (int round = 0; round < 100; round++)
    raise(SIGUSR1);
  for (int number = 0; number < THREADS; number++) {
    pthread_t thread;
    pthread_create(&thread, NULL, runs, NULL);
  }
  while (atomic_load(&ended) < THREADS)
    __asm__ volatile("pause");
  work();
  _exit(0);
}
