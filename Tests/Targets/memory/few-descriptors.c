// SPDX-License-Identifier: Apache-2.0 WITH Swift-exception
// With a limit of eight descriptors the program runs out at the right moment, forks and executes.
#include "../target.h"

int main(int argc, char **argv) {
  start();
  if (argc > 1) {
    int count = 0;
    while (open("/dev/null", O_RDONLY) >= 0)
      count++;
    printf("executed: %d more, then %s\n", count, result(-1));
    return 4;
  }
  struct rlimit limit;
  getrlimit(RLIMIT_NOFILE, &limit);
  limit.rlim_cur = 8;
  printf("setrlimit: %s\n", result(setrlimit(RLIMIT_NOFILE, &limit)));
  int last = -1, next;
  while ((next = open("/dev/null", O_RDONLY | O_CLOEXEC)) >= 0)
    last = next;
  printf("last: %d, then %s\n", last, result(-1));
  int ends[2];
  printf("pipe: %s\n", result(pipe(ends)));
  printf("dup2: %s\n", result(dup2(1, 8)));
  close(7);
  printf("pipe with one left: %s\n", result(pipe(ends)));
  close(6);
  printf("pipe with two left: %s\n", result(pipe(ends)));
  pid_t child = fork();
  if (child == 0) {
    execl(argv[0], argv[0], "executed", NULL);
    _exit(1);
  }
  printf("child: %s\n", wait_for(child));
  signal(SIGUSR1, SIG_IGN);
  raise(SIGUSR1);
  // A limit below what is open, and of none at all.
  limit.rlim_cur = 0;
  setrlimit(RLIMIT_NOFILE, &limit);
  printf("none: %s\n", result(open("/dev/null", O_RDONLY)));
  child = fork();
  if (child == 0)
    _exit(write(1, "forked with none\n", 17) == 17 ? 5 : 1);
  printf("child: %s\n", wait_for(child));
  limit.rlim_cur = 20;
  setrlimit(RLIMIT_NOFILE, &limit);
  close(5);
  printf("lowest: %d\n", open("/dev/null", O_RDONLY));
  return finish();
}
