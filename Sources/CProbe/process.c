// SPDX-License-Identifier: Apache-2.0 WITH Swift-exception
// Calls that need their own instruction or their own child.

#define _GNU_SOURCE
#include "trial.h"

#include <errno.h>
#include <linux/sched.h>
#include <signal.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <unistd.h>

enum { I386_GETPID = 20, TOKEN = 7 };

int probe_int80(void) {
  long result;
  __asm__ volatile("int $0x80"
                   : "=a"(result)
                   : "a"(I386_GETPID)
                   : "r8", "r9", "r10", "r11", "memory", "cc");
  return result == getpid() ? 0 : PROBE_SILENT;
}

int probe_clone3(void) {
  struct clone_args arguments = {.exit_signal = SIGCHLD};
  long child = syscall(SYS_clone3, &arguments, sizeof arguments);
  if (child < 0)
    return errno;
  if (child == 0)
    _exit(TOKEN);
  int status;
  if (waitpid((pid_t)child, &status, 0) < 0)
    return errno;
  return WIFEXITED(status) && WEXITSTATUS(status) == TOKEN ? 0 : PROBE_SILENT;
}
