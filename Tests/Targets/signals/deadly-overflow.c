// SPDX-License-Identifier: Apache-2.0 WITH Swift-exception
// A stack overflow kills by SIGSEGV when the handler has no alternate stack to run on.
// flags: -Wno-infinite-recursion
#include "../target.h"

static void handler(int signal) {
  (void)signal;
  static const char text[] = "wrong: the handler ran\n";
  write(1, text, sizeof text - 1);
  _exit(1);
}

__attribute__((noinline)) static int deeper(int level) {
  volatile char block[4000];
  block[0] = (char)level;
  return deeper(level + 1) + block[0];
}

int main(void) {
  start();
  struct rlimit limit;
  getrlimit(RLIMIT_STACK, &limit);
  limit.rlim_cur = 1 << 20;
  setrlimit(RLIMIT_STACK, &limit);
  for (int way = 0; way < 3; way++) {
    fflush(stdout);
    pid_t child = fork();
    if (child == 0) {
      if (way == 1)
        signal(SIGSEGV, handler);
      if (way == 2)
        signal(SIGSEGV, SIG_IGN);
      _exit(deeper(0));
    }
    printf("way %d: %s\n", way, wait_for(child));
  }
  puts("and now this process");
  return deeper(0);
}
