// SPDX-License-Identifier: Apache-2.0 WITH Swift-exception
// Strict seccomp in a child: only read, write, exit and returning from handlers are left.
#include "../target.h"
#include <linux/seccomp.h>

static int ends[2];
static volatile int caught;
static void handler(int signal) { caught = signal; }

static void run(const char *what, int way) {
  fflush(stdout);
  pid_t child = fork();
  if (child == 0) {
    signal(SIGUSR1, handler);
    alarm(0);
    if (prctl(PR_SET_SECCOMP, SECCOMP_MODE_STRICT) != 0)
      raw(SYS_exit, 9, 0, 0, 0, 0, 0);
    char byte = 0;
    raw(SYS_write, 1, (long)"allowed\n", 8, 0, 0, 0);
    if (way == 1)
      raw(SYS_getpid, 0, 0, 0, 0, 0, 0);
    if (way == 2)
      raw(SYS_exit_group, 3, 0, 0, 0, 0, 0);
    if (way == 3) {
      raw(SYS_write, ends[1], (long)"z", 1, 0, 0, 0);
      raw(SYS_read, ends[0], (long)&byte, 1, 0, 0, 0);
    }
    if (way == 4) // the number is what counts, even one of no call
      raw(9999, 0, 0, 0, 0, 0, 0);
    raw(SYS_exit, byte == 'z' ? 5 : 4, 0, 0, 0, 0, 0);
  }
  printf("%s: %s\n", what, wait_for(child));
}

int main(void) {
  start();
  pipe(ends);
  run("write and exit", 0);
  run("getpid", 1);
  run("exit_group", 2);
  run("read", 3);
  run("unknown number", 4);
  return finish();
}
