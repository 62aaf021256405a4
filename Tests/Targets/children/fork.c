// SPDX-License-Identifier: Apache-2.0 WITH Swift-exception
// A forked child is a copy with its own memory, by every number that forks.
#include "../target.h"

static int value = 1;

static pid_t fork_by(int way) {
  switch (way) {
  case 0:
    return fork();
  case 1:
    return (pid_t)raw(SYS_fork, 0, 0, 0, 0, 0, 0);
  case 2:
    return (pid_t)raw(SYS_clone, SIGCHLD, 0, 0, 0, 0, 0);
  default: {
    uint64_t arguments[11] = {0};
    arguments[4] = SIGCHLD;
    return (pid_t)raw(SYS_clone3, (long)arguments, sizeof arguments, 0, 0, 0, 0);
  }
  }
}

int main(void) {
  start();
  static const char *const ways[] = {"fork", "raw fork", "raw clone", "raw clone3"};
  for (int way = 0; way < 4; way++) {
    int descriptors[2], local = 5;
    pipe(descriptors);
    pid_t parent = getpid();
    pid_t child = fork_by(way);
    if (child == 0) {
      bool good = value == 1 && local == 5;
      value = local = 9;
      pid_t ids[2] = {(pid_t)raw(SYS_getpid, 0, 0, 0, 0, 0, 0),
                      (pid_t)raw(SYS_getppid, 0, 0, 0, 0, 0, 0)};
      good &= ids[1] == parent && ids[0] != parent;
      good &= raw(SYS_gettid, 0, 0, 0, 0, 0, 0) == ids[0];
      write(descriptors[1], ids, sizeof ids);
      _exit(good ? 40 + way : 1);
    }
    fact(child > 0 && child != parent, "%s: a new number", ways[way]);
    printf("%s: %s\n", ways[way], wait_for(child));
    pid_t ids[2] = {0, 0};
    fact(read(descriptors[0], ids, sizeof ids) == sizeof ids && ids[0] == child,
         "%s: the child has this number", ways[way]);
    fact(value == 1 && local == 5, "%s: our memory untouched", ways[way]);
    close(descriptors[0]);
    close(descriptors[1]);
  }
  // The child shares the offset of an open file.
  FILE *file = tmpfile();
  if (fork() == 0) {
    write(fileno(file), "abc", 3);
    _exit(0);
  }
  wait(NULL);
  fact(lseek(fileno(file), 0, SEEK_CUR) == 3, "offset shared");
  return finish();
}
