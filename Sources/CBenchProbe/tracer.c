// SPDX-License-Identifier: Apache-2.0 WITH Swift-exception
// A tracer by ptrace that stops at the beginning and end of each call, and does nothing there.

#define _GNU_SOURCE
#include "probe.h"

#include <errno.h>
#include <signal.h>
#include <sys/ptrace.h>
#include <sys/wait.h>
#include <unistd.h>

enum {
  OPTIONS = PTRACE_O_TRACESYSGOOD | PTRACE_O_TRACEEXEC | PTRACE_O_TRACEFORK | PTRACE_O_TRACEVFORK |
            PTRACE_O_TRACECLONE
};

/// The signal that a stopped process is to get: none for stops that ptrace itself makes.
static long signal_at(int status) {
  int signal = WSTOPSIG(status);
  return status >> 16 || signal & 0x80 || signal == SIGSTOP ? 0 : signal;
}

static _Noreturn void follow(pid_t first) {
  int status, end = 1;
  pid_t process;
  while ((process = waitpid(-1, &status, __WALL)) > 0) {
    if (WIFSTOPPED(status))
      ptrace(PTRACE_SYSCALL, process, 0, signal_at(status));
    else if (process == first)
      end = WIFEXITED(status) ? WEXITSTATUS(status) : 128 + WTERMSIG(status);
  }
  _exit(end);
}

int arm_ptrace(struct bench_task *task) {
  (void)task;
  int status;
  pid_t child = fork();
  if (child < 0)
    return errno;
  if (child == 0) {
    if (ptrace(PTRACE_TRACEME, 0, 0, 0))
      return errno;
    return raise(SIGSTOP) ? errno : 0;
  }
  if (waitpid(child, &status, 0) != child)
    _exit(1);
  if (!WIFSTOPPED(status))
    _exit(WIFEXITED(status) ? WEXITSTATUS(status) : 1);
  if (ptrace(PTRACE_SETOPTIONS, child, 0, OPTIONS) || ptrace(PTRACE_SYSCALL, child, 0, 0))
    _exit(bench_fail("ptrace", errno));
  follow(child);
}
