// SPDX-License-Identifier: Apache-2.0 WITH Swift-exception
// Threads are cancelled, and exceptions thrown, out of blocked calls at sites called before.
// flags: -fnon-call-exceptions -fasynchronous-unwind-tables
#include "../target.h"
#include <stdexcept>

extern "C" {
long reading(long, void *, long);
extern char reading_behind[];
}
__asm__(".globl reading, reading_behind\n"
        ".type reading, @function\n"
        "reading: .cfi_startproc\n"
        "  mov $0, %eax\n"
        "  syscall\n"
        "reading_behind: ret\n"
        ".cfi_endproc\n"
        ".size reading, . - reading\n");

static int ends[2];
static volatile int destroyed, caught;
static volatile bool running;

struct Guard {
  ~Guard() { destroyed = destroyed + 1; }
};

static void *read_asynchronously(void *) {
  pthread_setcanceltype(PTHREAD_CANCEL_ASYNCHRONOUS, nullptr);
  Guard guard;
  char byte;
  running = true;
  for (;;)
    reading(ends[0], &byte, 1);
  return nullptr;
}

static void *poll_for_ever(void *) {
  Guard guard;
  struct pollfd file = {ends[0], POLLIN, 0};
  running = true;
  poll(&file, 1, -1);
  return nullptr;
}

static void *sleep_for_ever(void *) {
  Guard guard;
  struct timespec time = {1000, 0};
  running = true;
  clock_nanosleep(CLOCK_MONOTONIC, 0, &time, nullptr);
  return nullptr;
}

static void cancel(const char *what, void *(*function)(void *)) {
  int cancelled = 0;
  destroyed = 0;
  for (int round = 0; round < 30; round++) {
    pthread_t thread;
    running = false;
    pthread_create(&thread, nullptr, function, nullptr);
    while (!running)
      sched_yield();
    if (round % 3)
      sleep_ms(2);
    pthread_cancel(thread);
    void *value;
    pthread_join(thread, &value);
    cancelled += value == PTHREAD_CANCELED;
  }
  printf("%s: cancelled %d, destroyed %d\n", what, cancelled, destroyed);
}

static void thrower(int, siginfo_t *, void *context) {
  greg_t *registers = ((ucontext_t *)context)->uc_mcontext.gregs;
  if ((char *)registers[REG_RIP] == reading_behind)
    throw std::runtime_error("interrupted");
}

__attribute__((noinline)) static void blocked_read() {
  Guard guard;
  char byte;
  while (reading(ends[0], &byte, 1) == -EINTR)
    ;
}

int main() {
  start();
  pipe(ends);
  char byte;
  struct pollfd file = {ends[0], POLLIN, 0};
  struct timespec little = {0, 1000};
  for (int round = 0; round < 10; round++) {
    write(ends[1], "x", 1);
    expect(reading(ends[0], &byte, 1) == 1, "reading before");
    poll(&file, 1, 0);
    clock_nanosleep(CLOCK_MONOTONIC, 0, &little, nullptr);
  }
  cancel("read", read_asynchronously);
  cancel("poll", poll_for_ever);
  cancel("sleep", sleep_for_ever);
  on(SIGUSR1, thrower, SA_NODEFER);
  destroyed = 0;
  for (int round = 0; round < 100; round++) {
    timer_t timer = every(SIGUSR1, 1000000);
    try {
      blocked_read();
    } catch (const std::runtime_error &error) {
      timer_delete(timer);
      caught = caught + (strcmp(error.what(), "interrupted") == 0);
    }
  }
  printf("caught %d, destroyed %d\n", caught, destroyed);
  return finish();
}
