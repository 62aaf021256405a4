// SPDX-License-Identifier: Apache-2.0 WITH Swift-exception
// Forks in one thread while others make system calls; each child has only the forking thread.
#include "../target.h"
#include <dirent.h>

static volatile bool stop;

static void *busy(void *unused) {
  (void)unused;
  while (!stop) {
    getppid();
    close(-1);
  }
  return NULL;
}

static int tasks(void) {
  int count = 0;
  DIR *directory = opendir("/proc/self/task");
  for (struct dirent *entry; (entry = readdir(directory));)
    count += entry->d_name[0] != '.';
  closedir(directory);
  return count;
}

static void *forker(void *unused) {
  (void)unused;
  int good = 0;
  for (int round = 0; round < 40; round++) {
    pid_t child = fork();
    if (child == 0)
      _exit(getpid() == gettid() && tasks() == 1 ? 50 : 1);
    int status = 0;
    waitpid(child, &status, 0);
    good += WIFEXITED(status) && WEXITSTATUS(status) == 50;
  }
  printf("good children: %d\n", good);
  return NULL;
}

int main(void) {
  start();
  pthread_t threads[3], thread;
  for (int index = 0; index < 3; index++)
    pthread_create(&threads[index], NULL, busy, NULL);
  pthread_create(&thread, NULL, forker, NULL);
  pthread_join(thread, NULL);
  stop = true;
  for (int index = 0; index < 3; index++)
    pthread_join(threads[index], NULL);
  return finish();
}
