// SPDX-License-Identifier: Apache-2.0 WITH Swift-exception
// Threads race to the first calls of hundreds of fresh sites, and each result is right.
#include "site.h"

enum { SITES = 256, ROUNDS = 6, TIMES = 6 };
static uint8_t *memory;
static pthread_barrier_t barrier;
static long id, parent;
static volatile int wrong;

static void *runs(void *argument) {
  long number = (long)argument;
  int bad = 0;
  for (int round = 0; round < ROUNDS; round++) {
    pthread_barrier_wait(&barrier);
    for (int turn = 0; turn < TIMES; turn++)
      for (int index = 0; index < SITES; index++) {
        // Half of the threads go backwards.
        int site = number % 2 ? SITES - 1 - index : index;
        long value = ((site_function *)(memory + site * SITE_LENGTH))(0, 0, 0, 0, 0, 0);
        bad += value != (site % 3 ? id : parent);
      }
    pthread_barrier_wait(&barrier);
    pthread_barrier_wait(&barrier);
  }
  if (bad)
    wrong = wrong + 1;
  return NULL;
}

/// Fresh pages, at the same address as those before in every second round.
static void prepare(int round) {
  if (round % 2)
    mmap(memory, SITES * SITE_LENGTH, PROT_READ | PROT_WRITE,
         MAP_PRIVATE | MAP_ANONYMOUS | MAP_FIXED, -1, 0);
  else
    memory = pages(SITES * SITE_LENGTH, PROT_READ | PROT_WRITE);
  for (int site = 0; site < SITES; site++)
    put_site(memory + site * SITE_LENGTH, site % 3 ? SYS_getpid : SYS_getppid,
             (site + round) % 5 == 0);
  seal(memory, SITES * SITE_LENGTH);
}

static void race(int count) {
  pthread_t threads[8];
  pthread_barrier_init(&barrier, NULL, (unsigned)count + 1);
  for (long number = 0; number < count; number++)
    pthread_create(&threads[number], NULL, runs, (void *)number);
  for (int round = 0; round < ROUNDS; round++) {
    prepare(round);
    pthread_barrier_wait(&barrier);
    pthread_barrier_wait(&barrier);
    if (round % 2)
      munmap(memory, SITES * SITE_LENGTH);
    pthread_barrier_wait(&barrier);
  }
  for (int number = 0; number < count; number++)
    pthread_join(threads[number], NULL);
  pthread_barrier_destroy(&barrier);
  printf("%d threads: %d with wrong results\n", count, wrong);
}

int main(void) {
  start();
  id = getpid();
  parent = getppid();
  race(2);
  race(8);
  return finish();
}
