// SPDX-License-Identifier: Apache-2.0 WITH Swift-exception
// Five hundred threads one after the other, sixty-four at once that make system calls.
#include "../target.h"

static void *add(void *sum) {
  __atomic_add_fetch((long *)sum, 1, __ATOMIC_SEQ_CST);
  return gettid() != getpid() ? sum : NULL;
}

static pthread_barrier_t barrier;
static pid_t process;
static volatile long wrong;

static void *busy(void *argument) {
  long index = (long)argument, total = 0;
  int ends[2];
  pipe(ends);
  pthread_barrier_wait(&barrier); // all sixty-four live at once
  pid_t number = gettid();
  for (int round = 0; round < 300; round++) {
    if (getpid() != process || syscall(SYS_gettid) != number)
      wrong++;
    long sent = index * 1000 + round, got = -1;
    if (write(ends[1], &sent, sizeof sent) != sizeof sent ||
        read(ends[0], &got, sizeof got) != sizeof got || got != sent)
      wrong++;
    total += got;
  }
  close(ends[0]);
  close(ends[1]);
  return (void *)total;
}

int main(void) {
  start();
  process = getpid();
  long sum = 0, others = 0;
  for (int number = 0; number < 500; number++) {
    pthread_t thread;
    void *other;
    if (pthread_create(&thread, NULL, add, &sum) != 0)
      break;
    pthread_join(thread, &other);
    others += other != NULL;
  }
  printf("one after the other: %ld, with other numbers: %ld\n", sum, others);
  pthread_t threads[64];
  pthread_barrier_init(&barrier, NULL, 64);
  for (long index = 0; index < 64; index++)
    pthread_create(&threads[index], NULL, busy, (void *)index);
  long total = 0;
  for (int index = 0; index < 64; index++) {
    void *value;
    pthread_join(threads[index], &value);
    total += (long)value;
  }
  printf("at once: total %ld, wrong %ld\n", total, wrong);
  return finish();
}
