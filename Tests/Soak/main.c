// SPDX-License-Identifier: Apache-2.0 WITH Swift-exception
// Eight threads do everything at once under a storm of signals, and check every result.
// usage: soak SECONDS
// Ends with 0 and "differences: 0" if nothing was lost, doubled, changed or leaked.

#include "soak.h"

#include <dirent.h>
#include <limits.h>
#include <pthread.h>
#include <sys/syscall.h>
#include <time.h>

atomic_uint_fast64_t queued, arrived, plain, differences;
atomic_int stopping;
pid_t worker_tids[WORKERS];
char self[4096];

static struct worker workers[WORKERS];
static pthread_barrier_t ready, worked, calm;

#define KIND(name) {#name, work_##name},
static const struct {
  const char *name;
  void (*work)(struct worker *);
} kinds[] = {KINDS(KIND)};
#undef KIND

/// What must not grow: threads, descriptors, mappings.
struct holdings {
  long threads, descriptors, mappings;
};

static long entries(const char *path) {
  DIR *directory = opendir(path);
  long count = -2;
  if (!directory)
    return -1;
  while (readdir(directory))
    count++;
  closedir(directory);
  return count;
}

static struct holdings holdings(void) {
  struct holdings now = {entries("/proc/self/task"), entries("/proc/self/fd"), 0};
  FILE *maps = fopen("/proc/self/maps", "re");
  for (int byte; maps && (byte = getc(maps)) != EOF;)
    now.mappings += byte == '\n';
  if (maps)
    fclose(maps);
  return now;
}

static void *worker_main(void *argument) {
  struct worker *worker = argument;
  worker->tid = worker_tids[worker->index] = (pid_t)syscall(SYS_gettid);
  worker->random = 0x9e3779b97f4a7c15u * (uint64_t)(worker->index + 1);
  pthread_barrier_wait(&ready);
  timer_t timer = storm_timer_start(worker->tid);
  while (!stopping) {
    unsigned kind = next_random(&worker->random) % KIND_COUNT;
    kinds[kind].work(worker);
    worker->done[kind]++;
  }
  timer_delete(timer);
  pthread_barrier_wait(&worked);
  pthread_barrier_wait(&calm);
  return 0;
}

static void report(struct holdings before, struct holdings after) {
  for (int kind = 0; kind < KIND_COUNT; kind++) {
    uint64_t total = 0;
    for (int i = 0; i < WORKERS; i++)
      total += workers[i].done[kind];
    printf("%-12s %10lu\n", kinds[kind].name, total);
    EXPECT(total > 0, 1);
  }
  printf("%-12s %10lu sent, %lu arrived\n", "queued", queued, arrived);
  printf("%-12s %10lu arrived\n", "plain", plain);
  printf("%-12s %10ld before, %ld after\n", "threads", before.threads, after.threads);
  printf("%-12s %10ld before, %ld after\n", "descriptors", before.descriptors, after.descriptors);
  printf("%-12s %10ld before, %ld after\n", "mappings", before.mappings, after.mappings);
}

static void sleep_until_stop(long seconds) {
  struct timespec end;
  clock_gettime(CLOCK_MONOTONIC, &end);
  end.tv_sec += seconds;
  while (clock_nanosleep(CLOCK_MONOTONIC, TIMER_ABSTIME, &end, 0) == EINTR)
    ;
}

int main(int argc, char **argv) {
  if (argc > 1 && !strcmp(argv[1], "child"))
    return child_main(argc, argv);
  long seconds = argc > 1 ? atol(argv[1]) : 60;
  if (!realpath(argv[0], self))
    return perror(argv[0]), 2;
  storm_handlers();
  pthread_barrier_init(&ready, 0, WORKERS + 2);
  pthread_barrier_init(&worked, 0, WORKERS + 1);
  pthread_barrier_init(&calm, 0, WORKERS + 1);
  pthread_t threads[WORKERS], storm;
  for (int i = 0; i < WORKERS; i++) {
    workers[i].index = i;
    EXPECT(pthread_create(&threads[i], 0, worker_main, &workers[i]), 0);
  }
  EXPECT(pthread_create(&storm, 0, storm_main, &ready), 0);
  pthread_barrier_wait(&ready);
  sleep_until_stop(1 + seconds / 10);
  struct holdings before = holdings();
  sleep_until_stop(seconds - seconds / 10);
  stopping = 1;
  pthread_join(storm, 0);
  pthread_barrier_wait(&worked);
  // A queued signal arrives at the latest when its thread next comes out of the kernel.
  for (int i = 0; i < 100 && arrived != queued; i++)
    usleep(10000);
  pthread_barrier_wait(&calm);
  for (int i = 0; i < WORKERS; i++)
    pthread_join(threads[i], 0);
  struct holdings after = holdings();
  report(before, after);
  EXPECT(arrived, queued);
  EXPECT(plain > 0, 1);
  EXPECT(after.threads, 1);
  EXPECT(after.descriptors <= before.descriptors, 1);
  // The C library keeps an arena and a few stacks for threads that it saw.
  EXPECT(after.mappings <= before.mappings + 64, 1);
  printf("differences: %lu\n", differences);
  return differences != 0;
}
