// SPDX-License-Identifier: Apache-2.0 WITH Swift-exception
// A fault whose signal is blocked or ignored kills the process all the same.
#include "../target.h"

static void handler(int signal) {
  (void)signal;
  static const char text[] = "wrong: the handler ran\n";
  write(1, text, sizeof text - 1);
  _exit(1);
}

static void fault(int kind) {
  switch (kind) {
  case SIGSEGV:
    *(volatile char *)16 = 1;
    break;
  case SIGILL:
    __asm__ volatile("ud2");
    break;
  case SIGFPE:
    __asm__ volatile("divl %0" : : "r"(0), "a"(1), "d"(0));
    break;
  case SIGTRAP:
    __asm__ volatile("int3");
    break;
  case SIGBUS: {
    int file = open("file", O_RDWR | O_CREAT, 0644);
    *(volatile char *)mmap(NULL, 4096, PROT_READ | PROT_WRITE, MAP_SHARED, file, 0) = 1;
  }
  }
}

int main(void) {
  start();
  static const int kinds[] = {SIGSEGV, SIGILL, SIGFPE, SIGTRAP, SIGBUS};
  static const char *const ways[] = {"default", "blocked", "blocked and caught", "ignored"};
  for (int kind = 0; kind < 5; kind++)
    for (int way = 0; way < 4; way++) {
      pid_t child = fork();
      if (child == 0) {
        sigset_t set = set_of(kinds[kind], 0);
        if (way == 1 || way == 2)
          sigprocmask(SIG_BLOCK, &set, NULL);
        if (way == 2)
          signal(kinds[kind], handler);
        if (way == 3)
          signal(kinds[kind], SIG_IGN);
        fault(kinds[kind]);
        _exit(1);
      }
      printf("%s, %s: %s\n", sigabbrev_np(kinds[kind]), ways[way], wait_for(child));
    }
  // A fault inside the handler of the same fault.
  pid_t child = fork();
  if (child == 0) {
    signal(SIGSEGV, fault);
    fault(SIGSEGV);
    _exit(1);
  }
  printf("fault in the handler: %s\n", wait_for(child));
  return finish();
}
