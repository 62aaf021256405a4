// SPDX-License-Identifier: Apache-2.0 WITH Swift-exception
// Detached threads, threads of the least stack, and threads with guard pages of their own.
#include "../target.h"
#include <limits.h>
#include <semaphore.h>

static sem_t semaphore;
static volatile int ran;

static void *detached(void *unused) {
  (void)unused;
  __atomic_add_fetch(&ran, 1, __ATOMIC_SEQ_CST);
  getppid();
  sem_post(&semaphore);
  return NULL;
}

static volatile int handled;
static void handler(int signal) {
  (void)signal;
  __atomic_add_fetch(&handled, 1, __ATOMIC_SEQ_CST);
}

static void *small(void *unused) {
  (void)unused;
  // System calls and a handler fit into the least stack.
  for (int round = 0; round < 10; round++) {
    getppid();
    close(-1);
    pthread_kill(pthread_self(), SIGUSR1);
  }
  return (void *)7;
}

int main(void) {
  start();
  sem_init(&semaphore, 0, 0);
  signal(SIGUSR1, handler);
  pthread_attr_t attributes;
  pthread_attr_init(&attributes);
  pthread_attr_setdetachstate(&attributes, PTHREAD_CREATE_DETACHED);
  for (int index = 0; index < 50; index++) {
    pthread_t thread;
    expect(pthread_create(&thread, &attributes, detached, NULL) == 0, "creating %d", index);
  }
  for (int index = 0; index < 50; index++)
    sem_wait(&semaphore);
  printf("detached: %d\n", ran);

  pthread_attr_init(&attributes);
  printf("stack of PTHREAD_STACK_MIN: %s\n",
         pthread_attr_setstacksize(&attributes, (size_t)PTHREAD_STACK_MIN) == 0 ? "ok" : "refused");
  int good = 0;
  for (int index = 0; index < 20; index++) {
    pthread_t thread;
    void *value = NULL;
    if (pthread_create(&thread, &attributes, small, NULL) == 0)
      pthread_join(thread, &value);
    good += value == (void *)7;
  }
  printf("small stacks: %d, handlers %d\n", good, handled);

  // A stack given by the program.
  char *stack = mmap(NULL, 65536, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
  pthread_attr_init(&attributes);
  pthread_attr_setstack(&attributes, stack, 65536);
  pthread_t thread;
  void *value = NULL;
  pthread_create(&thread, &attributes, small, NULL);
  pthread_join(thread, &value);
  fact(value == (void *)7, "own stack");
  return finish();
}
