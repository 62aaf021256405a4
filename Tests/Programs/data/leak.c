// SPDX-License-Identifier: Apache-2.0 WITH Swift-exception
// Makes children and threads of every kind for so many seconds, and counts what is left of them.

#define _GNU_SOURCE
#include <dirent.h>
#include <pthread.h>
#include <sched.h>
#include <signal.h>
#include <spawn.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

extern char **environ;

enum { STACK = 64 * 1024, THREADS = 12, RSS_SLACK_KB = 600, MAPS_SLACK = 4 };

struct counts {
  int threads, files, maps;
  long resident;
};

static int entries(const char *path) {
  DIR *directory = opendir(path);
  int count = 0;
  while (directory && readdir(directory))
    count++;
  closedir(directory);
  return count;
}

static struct counts count(void) {
  struct counts counts = {entries("/proc/self/task"), entries("/proc/self/fd"), 0, 0};
  // No buffer of the library's: it would be counted itself.
  char line[512];
  FILE *file = fopen("/proc/self/maps", "re");
  while (fgets(line, sizeof line, file))
    counts.maps++;
  fclose(file);
  file = fopen("/proc/self/status", "re");
  while (fgets(line, sizeof line, file))
    // Not the shared memory of the session, which fills to its fixed size.
    sscanf(line, "RssAnon: %ld", &counts.resident);
  fclose(file);
  return counts;
}

static void wait_for(pid_t child) {
  int status;
  if (child < 0 || waitpid(child, &status, __WALL) != child || status != 0) {
    perror("child");
    exit(2);
  }
}

static int nothing(void *argument) {
  (void)argument;
  return 0;
}

static void make_children(void) {
  char *arguments[] = {"true", NULL}, *missing[] = {"missing", NULL};
  _Alignas(16) char stack[STACK];
  pid_t child = fork();
  if (child == 0)
    _exit(0);
  wait_for(child);
  child = vfork();
  if (child == 0) {
    execve("/missing", missing, environ);
    execve("/bin/true", arguments, environ);
    _exit(1);
  }
  wait_for(child);
  if (posix_spawn(&child, "/bin/true", NULL, NULL, arguments, environ) == 0)
    wait_for(child);
  posix_spawn(&child, "/missing", NULL, NULL, missing, environ);
  wait_for(clone(nothing, stack + STACK, SIGCHLD, NULL));
  wait_for(clone(nothing, stack + STACK, CLONE_VM | SIGCHLD, NULL));
  wait_for(clone(nothing, stack + STACK, CLONE_VM | CLONE_VFORK | SIGCHLD, NULL));
  wait_for(clone(nothing, stack + STACK, CLONE_VM | CLONE_FILES | CLONE_SIGHAND | SIGCHLD, NULL));
  execve("/missing", missing, environ);
}

static void *work(void *argument) {
  if ((long)argument % 3 == 0)
    make_children();
  if ((long)argument % 4 == 0)
    syscall(SYS_exit, 0);
  return NULL;
}

static void caught(int number) { (void)number; }

static void make_threads(void) {
  pthread_t threads[THREADS];
  for (long i = 0; i < THREADS; i++)
    if (pthread_create(&threads[i], NULL, work, (void *)i) != 0)
      exit(3);
  for (int i = 0; i < THREADS; i++) {
    pthread_kill(pthread_self(), SIGUSR1);
    pthread_join(threads[i], NULL);
  }
  pthread_t detached;
  pthread_attr_t attributes;
  pthread_attr_init(&attributes);
  pthread_attr_setdetachstate(&attributes, PTHREAD_CREATE_DETACHED);
  pthread_create(&detached, &attributes, work, (void *)1);
  pthread_attr_destroy(&attributes);
}

static void settle(void) {
  for (int i = 0; i < 100 && entries("/proc/self/task") > 3; i++)
    usleep(10000);
  usleep(50000);
}

static void run(time_t end) {
  do {
    make_children();
    make_threads();
  } while (time(NULL) < end);
  settle();
}

int main(int argc, char **argv) {
  int seconds = argc > 1 ? atoi(argv[1]) : 2;
  signal(SIGUSR1, caught);
  // What the library and the monitor keep for later use is there after the first round.
  run(time(NULL) + 1);
  struct counts before = count();
  run(time(NULL) + seconds);
  struct counts after = count();
  printf("threads %d %d, files %d %d, maps %d %d, resident %ld %ld kB\n", before.threads,
         after.threads, before.files, after.files, before.maps, after.maps, before.resident,
         after.resident);
  return after.threads > before.threads || after.files > before.files ||
         after.maps > before.maps + MAPS_SLACK || after.resident > before.resident + RSS_SLACK_KB;
}
