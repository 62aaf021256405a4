// SPDX-License-Identifier: Apache-2.0 WITH Swift-exception
// Mutexes, condition variables, barriers, semaphores, read-write locks and robust mutexes.
#include "../target.h"
#include <semaphore.h>

static pthread_mutex_t mutex = PTHREAD_MUTEX_INITIALIZER;
static pthread_cond_t ready = PTHREAD_COND_INITIALIZER, taken = PTHREAD_COND_INITIALIZER;
static pthread_rwlock_t lock = PTHREAD_RWLOCK_INITIALIZER;
static pthread_barrier_t barrier;
static sem_t semaphore;
static long counter, item, sum, serial;

static void *counting(void *unused) {
  (void)unused;
  for (int round = 0; round < 20000; round++) {
    pthread_mutex_lock(&mutex);
    counter++;
    pthread_mutex_unlock(&mutex);
  }
  if (pthread_barrier_wait(&barrier) == PTHREAD_BARRIER_SERIAL_THREAD)
    __atomic_add_fetch(&serial, 1, __ATOMIC_SEQ_CST);
  return NULL;
}

static void *consuming(void *unused) {
  (void)unused;
  for (int number = 0; number < 2000; number++) {
    pthread_mutex_lock(&mutex);
    while (item == 0)
      pthread_cond_wait(&ready, &mutex);
    sum += item;
    item = 0;
    pthread_cond_signal(&taken);
    pthread_mutex_unlock(&mutex);
  }
  return NULL;
}

static void *writing(void *unused) {
  (void)unused;
  for (int round = 0; round < 1000; round++) {
    pthread_rwlock_wrlock(&lock);
    counter++;
    pthread_rwlock_unlock(&lock);
    sem_post(&semaphore);
  }
  return NULL;
}

static pthread_mutex_t robust;
static void *dying(void *unused) {
  (void)unused;
  pthread_mutex_lock(&robust);
  return NULL; // without unlocking
}

int main(void) {
  start();
  pthread_t threads[4];
  pthread_barrier_init(&barrier, NULL, 4);
  for (int index = 0; index < 4; index++)
    pthread_create(&threads[index], NULL, counting, NULL);
  for (int index = 0; index < 4; index++)
    pthread_join(threads[index], NULL);
  printf("counted: %ld, serial: %ld\n", counter, serial);

  pthread_create(&threads[0], NULL, consuming, NULL);
  for (long number = 1; number <= 2000; number++) {
    pthread_mutex_lock(&mutex);
    while (item != 0)
      pthread_cond_wait(&taken, &mutex);
    item = number;
    pthread_cond_signal(&ready);
    pthread_mutex_unlock(&mutex);
  }
  pthread_join(threads[0], NULL);
  printf("sum: %ld\n", sum);

  counter = 0;
  sem_init(&semaphore, 0, 0);
  for (int index = 0; index < 2; index++)
    pthread_create(&threads[index], NULL, writing, NULL);
  for (int number = 0; number < 2000; number++)
    sem_wait(&semaphore);
  pthread_rwlock_rdlock(&lock);
  printf("written: %ld\n", counter);
  pthread_rwlock_unlock(&lock);
  for (int index = 0; index < 2; index++)
    pthread_join(threads[index], NULL);

  struct timespec soon;
  clock_gettime(CLOCK_REALTIME, &soon);
  soon.tv_nsec += 20000000;
  if (soon.tv_nsec >= 1000000000) {
    soon.tv_nsec -= 1000000000;
    soon.tv_sec++;
  }
  pthread_mutex_lock(&mutex);
  printf("timed wait: %s\n", strerrorname_np(pthread_cond_timedwait(&ready, &mutex, &soon)));
  pthread_mutex_unlock(&mutex);

  // The kernel tells who waits for a robust mutex that its owner died.
  pthread_mutexattr_t attributes;
  pthread_mutexattr_init(&attributes);
  pthread_mutexattr_setrobust(&attributes, PTHREAD_MUTEX_ROBUST);
  pthread_mutex_init(&robust, &attributes);
  pthread_create(&threads[0], NULL, dying, NULL);
  pthread_join(threads[0], NULL);
  int error = pthread_mutex_lock(&robust);
  printf("robust: %s\n", error ? strerrorname_np(error) : "ok");
  pthread_mutex_consistent(&robust);
  pthread_mutex_unlock(&robust);
  printf("robust again: %s\n", pthread_mutex_lock(&robust) == 0 ? "ok" : "refused");

  // And across processes.
  pthread_mutexattr_setpshared(&attributes, PTHREAD_PROCESS_SHARED);
  pthread_mutex_t *shared =
      mmap(NULL, 4096, PROT_READ | PROT_WRITE, MAP_SHARED | MAP_ANONYMOUS, -1, 0);
  pthread_mutex_init(shared, &attributes);
  pid_t child = fork();
  if (child == 0) {
    pthread_mutex_lock(shared);
    kill(getpid(), SIGKILL);
  }
  printf("child: %s\n", wait_for(child));
  error = pthread_mutex_lock(shared);
  printf("shared robust: %s\n", error ? strerrorname_np(error) : "ok");
  pthread_mutexattr_setprotocol(&attributes, PTHREAD_PRIO_INHERIT);
  pthread_mutex_t inheriting;
  pthread_mutex_init(&inheriting, &attributes);
  printf("priority inheritance: %s\n",
         pthread_mutex_lock(&inheriting) == 0 && pthread_mutex_unlock(&inheriting) == 0
             ? "ok"
             : "refused");
  return finish();
}
