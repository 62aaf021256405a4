// SPDX-License-Identifier: Apache-2.0 WITH Swift-exception
// Threads cancelled at any instruction or at a blocking call run their cleanup handlers, in C.
#include "../target.h"

static volatile int cleaned;
static volatile bool running;
static int ends[2];

static void clean(void *value) { cleaned = cleaned * 10 + (int)(long)value; }

static void *spinning(void *unused) {
  (void)unused;
  pthread_setcanceltype(PTHREAD_CANCEL_ASYNCHRONOUS, NULL);
  pthread_cleanup_push(clean, (void *)1);
  pthread_cleanup_push(clean, (void *)2);
  running = true;
  for (;;)
    __asm__ volatile("pause");
  pthread_cleanup_pop(0);
  pthread_cleanup_pop(0);
  return NULL;
}

static void *blocking(void *unused) {
  (void)unused;
  char byte;
  pthread_cleanup_push(clean, (void *)3);
  pthread_cleanup_push(clean, (void *)4);
  running = true;
  read(ends[0], &byte, 1);
  pthread_cleanup_pop(0);
  pthread_cleanup_pop(0);
  return NULL;
}

static void *leaving(void *unused) {
  (void)unused;
  pthread_cleanup_push(clean, (void *)5);
  running = true;
  pthread_exit((void *)77);
  pthread_cleanup_pop(0);
  return NULL;
}

int main(void) {
  start();
  pipe(ends);
  void *(*const functions[])(void *) = {spinning, blocking, leaving};
  for (int round = 0; round < 30; round++) {
    pthread_t thread;
    void *value;
    running = false;
    cleaned = 0;
    pthread_create(&thread, NULL, functions[round % 3], NULL);
    while (!running)
      sched_yield();
    if (round % 3 != 2)
      pthread_cancel(thread);
    pthread_join(thread, &value);
    if (round < 3)
      printf("%s, cleaned %d\n", value == PTHREAD_CANCELED ? "cancelled" : "left", cleaned);
    else
      expect(cleaned == (round % 3 == 0 ? 21 : round % 3 == 1 ? 43 : 5), "round %d", round);
  }
  return finish();
}
