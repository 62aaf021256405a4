// SPDX-License-Identifier: Apache-2.0 WITH Swift-exception
// The limit of the stack is inherited, bounds the stack and the arguments of an execution.
#include "../target.h"

static int reached;
__attribute__((noinline)) static int deeper(int level) {
  volatile char block[65536];
  for (size_t at = 0; at < sizeof block; at += 4096)
    block[at] = (char)level;
  reached = level;
  return level >= 8 ? block[0] : deeper(level + 1) + block[0];
}

int main(int argc, char **argv) {
  start();
  if (argc > 1) {
    struct rlimit limit;
    getrlimit(RLIMIT_STACK, &limit);
    printf("executed: %ld KiB\n", (long)(limit.rlim_cur >> 10));
    deeper(0);
    printf("reached %d\n", reached);
    pid_t child = fork();
    if (child == 0) {
      volatile char *local = (volatile char *)&limit;
      for (long at = 0; at < (long)limit.rlim_cur + 65536; at += 4096)
        local[-at] = 1;
      _exit(1);
    }
    printf("beyond: %s\n", wait_for(child));
    return 6;
  }
  struct rlimit limit;
  getrlimit(RLIMIT_STACK, &limit);
  limit.rlim_cur = 1 << 20;
  setrlimit(RLIMIT_STACK, &limit);
  pid_t child = fork();
  if (child == 0) {
    execl(argv[0], argv[0], "executed", NULL);
    _exit(1);
  }
  printf("%s\n", wait_for(child));
  // A quarter of it may be arguments.
  char *argument = malloc(100001);
  memset(argument, 'a', 100000);
  argument[100000] = 0;
  char *arguments[] = {argv[0], argument, argument, argument, NULL};
  child = fork();
  if (child == 0) {
    execv(argv[0], arguments);
    _exit(errno == E2BIG ? 77 : 1);
  }
  printf("300000 bytes of arguments: %s\n", wait_for(child));
  limit.rlim_cur = limit.rlim_max;
  printf("to the most: %s\n", result(setrlimit(RLIMIT_STACK, &limit)));
  return finish();
}
