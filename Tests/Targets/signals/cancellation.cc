// SPDX-License-Identifier: Apache-2.0 WITH Swift-exception
// Threads cancelled at a blocking read and in a loop run their cleanup handlers and destructors.
#include "../target.h"

static int ends[2];
static volatile int destroyed, cleaned, caught, order;
static volatile bool running;

struct Guard {
  ~Guard() { destroyed = ++order; }
};

static void clean(void *value) { cleaned = *(int *)value + 0 * ++order; }

static void *blocked_read(void *) {
  int value = 41;
  pthread_cleanup_push(clean, &value);
  Guard guard;
  try {
    char byte;
    running = true;
    read(ends[0], &byte, 1);
  } catch (...) {
    caught++;
    throw;
  }
  pthread_cleanup_pop(0);
  return nullptr;
}

static void *asynchronous(void *) {
  pthread_setcanceltype(PTHREAD_CANCEL_ASYNCHRONOUS, nullptr);
  running = true;
  for (;;)
    __asm__ volatile("pause");
  return nullptr;
}

static void *tested(void *) {
  int value = 43;
  pthread_setcancelstate(PTHREAD_CANCEL_DISABLE, nullptr);
  running = true;
  pthread_cleanup_push(clean, &value);
  Guard guard;
  sleep_ms(50); // the request comes in here and waits
  pthread_setcancelstate(PTHREAD_CANCEL_ENABLE, nullptr);
  pthread_testcancel();
  cleaned = -1;
  pthread_cleanup_pop(0);
  return nullptr;
}

static void *uncancelled(void *) {
  pthread_setcancelstate(PTHREAD_CANCEL_DISABLE, nullptr);
  running = true;
  sleep_ms(50);
  return (void *)5;
}

static void run(const char *what, void *(*function)(void *), bool wait) {
  pthread_t thread;
  destroyed = cleaned = caught = order = 0;
  running = false;
  pthread_create(&thread, nullptr, function, nullptr);
  while (!running)
    sleep_ms(1);
  if (wait)
    sleep_ms(30);
  pthread_cancel(thread);
  void *value;
  pthread_join(thread, &value);
  printf("%s: %s, cleaned %d, caught %d\n", what, value == PTHREAD_CANCELED ? "cancelled" : "ended",
         cleaned, caught);
  fact((destroyed != 0) == (function == blocked_read || function == tested), "%s: destructor",
       what);
}

int main() {
  start();
  pipe(ends);
  run("blocked", blocked_read, true);
  run("blocked, at once", blocked_read, false);
  run("asynchronous", asynchronous, true);
  run("disabled, then tested", tested, false);
  run("disabled", uncancelled, false);
  for (int round = 0; round < 20; round++) {
    pthread_t thread;
    running = false;
    pthread_create(&thread, nullptr, round % 2 ? asynchronous : blocked_read, nullptr);
    while (!running)
      sched_yield();
    pthread_cancel(thread);
    void *value;
    pthread_join(thread, &value);
    expect(value == PTHREAD_CANCELED, "of twenty, %d", round);
  }
  return finish();
}
