// SPDX-License-Identifier: Apache-2.0 WITH Swift-exception
// abort() kills by SIGABRT, even when it is caught, ignored or blocked; a jump escapes it.
#include "../target.h"
#include <setjmp.h>

static jmp_buf back;
static void returning(int signal) {
  (void)signal;
  static const char text[] = "handler ran\n";
  write(1, text, sizeof text - 1);
}
static void jumping(int signal) {
  (void)signal;
  longjmp(back, 1);
}

int main(void) {
  start();
  for (int way = 0; way < 4; way++) {
    fflush(stdout);
    pid_t child = fork();
    if (child == 0) {
      sigset_t set = set_of(SIGABRT, 0);
      if (way == 1)
        signal(SIGABRT, returning);
      if (way == 2)
        signal(SIGABRT, SIG_IGN);
      if (way == 3)
        sigprocmask(SIG_BLOCK, &set, NULL);
      abort();
    }
    printf("way %d: %s\n", way, wait_for(child));
  }
  pid_t child = fork();
  if (child == 0) {
    signal(SIGABRT, jumping);
    if (setjmp(back) == 0)
      abort();
    _exit(12);
  }
  printf("escaped: %s\n", wait_for(child));
  puts("aborting");
  abort();
}
