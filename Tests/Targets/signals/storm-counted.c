// SPDX-License-Identifier: Apache-2.0 WITH Swift-exception
// Twenty thousand queued signals between two threads that make system calls: every one is handled.
#include "../target.h"

enum { signals = 10000 };

static pid_t thread_numbers[2];
static __thread int index_of;
static volatile int handled[2];
static long sums[2];
static pthread_barrier_t barrier;

static void handler(int signal, siginfo_t *info, void *context) {
  (void)signal, (void)context;
  handled[index_of]++;
  sums[index_of] += info->si_value.sival_int;
}

static void *run(void *argument) {
  int index = (int)(long)argument;
  index_of = index;
  thread_numbers[index] = gettid();
  pthread_barrier_wait(&barrier);
  int wrong = 0, ends[2];
  pid_t process = getpid(), parent = getppid();
  pipe(ends);
  for (int number = 1; number <= signals; number++) {
    siginfo_t info;
    memset(&info, 0, sizeof info);
    info.si_code = SI_QUEUE;
    info.si_value.sival_int = number;
    // No more may be pending than the limit allows.
    while (syscall(SYS_rt_tgsigqueueinfo, process, thread_numbers[1 - index], SIGRTMIN, &info) ==
           -1) {
      if (errno != EAGAIN)
        wrong++;
      sched_yield();
    }
    wrong += getppid() != parent;
    if (number % 16 == 0) {
      char bytes[4] = {0};
      wrong += write(ends[1], &number, 4) != 4 || read(ends[0], bytes, 4) != 4 ||
               memcmp(bytes, &number, 4) != 0;
    }
  }
  pthread_barrier_wait(&barrier);
  // What is still pending for this thread is handled before the next call returns.
  for (int tries = 0; tries < 10000 && handled[index] < signals; tries++)
    sched_yield();
  return (void *)(long)wrong;
}

int main(void) {
  start();
  on(SIGRTMIN, handler, SA_RESTART);
  pthread_barrier_init(&barrier, NULL, 2);
  pthread_t threads[2];
  for (long index = 0; index < 2; index++)
    pthread_create(&threads[index], NULL, run, (void *)index);
  for (int index = 0; index < 2; index++) {
    void *wrong;
    pthread_join(threads[index], &wrong);
    printf("thread %d: handled %d, sum %ld, wrong results %ld\n", index, handled[index],
           sums[index], (long)wrong);
  }
  return finish();
}
