// SPDX-License-Identifier: Apache-2.0 WITH Swift-exception
// A thread other than the first executes: the others vanish, the process keeps its number.
#include "../target.h"
#include <dirent.h>

static char *path;
static char number[16];

static void *blocked_in_read(void *descriptor) {
  char byte;
  read(*(int *)descriptor, &byte, 1);
  return NULL;
}

static void *spinning(void *unused) {
  (void)unused;
  for (;;)
    getppid();
  return NULL;
}

static void *executing(void *way) {
  sigset_t set = set_of(SIGUSR1, 0);
  pthread_sigmask(SIG_SETMASK, &set, NULL);
  prctl(PR_SET_NAME, "executing");
  if (way)
    printf("failing first: %s\n", result(execl("/nowhere", "/nowhere", NULL)));
  execl(path, path, number, way ? "second" : "first", NULL);
  printf("wrong: execl gives %s\n", result(-1));
  return NULL;
}

int main(int argc, char **argv) {
  start();
  path = argv[0];
  if (argc > 1) {
    fact(getpid() == atoi(argv[1]), "%s: same process number", argv[2]);
    fact(gettid() == getpid(), "%s: the only thread is the first", argv[2]);
    int tasks = 0;
    DIR *directory = opendir("/proc/self/task");
    for (struct dirent *entry; (entry = readdir(directory));)
      tasks += entry->d_name[0] != '.';
    closedir(directory);
    printf("%s: %d thread\n", argv[2], tasks);
    sigset_t set = blocked();
    printf("%s: blocked %s\n", argv[2], names(&set));
    char name[16];
    prctl(PR_GET_NAME, name);
    printf("%s: %s\n", argv[2], name);
    if (strcmp(argv[2], "second") == 0)
      return finish() ? 1 : 12;
  }
  snprintf(number, sizeof number, "%d", getpid());
  int descriptors[2];
  pipe2(descriptors, O_CLOEXEC);
  pthread_t thread;
  for (int index = 0; index < 4; index++)
    pthread_create(&thread, NULL, index % 2 ? spinning : blocked_in_read, descriptors);
  pthread_create(&thread, NULL, executing, argc > 1 ? "second" : NULL);
  pthread_join(thread, NULL);
  puts("wrong: still here");
  return 1;
}
