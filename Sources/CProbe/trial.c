// SPDX-License-Identifier: Apache-2.0 WITH Swift-exception
// Runs one trial in a child, and tells how it ended.

#define _GNU_SOURCE
#include "trial.h"

#include <errno.h>
#include <signal.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <unistd.h>

enum { PATIENCE_SECONDS = 5 };

long probe_call(long number, long a, long b, long c, long d, long e, long f) {
  long result = syscall(number, a, b, c, d, e, f);
  return result == -1 ? -errno : result;
}

static int run(enum probe_trial trial) {
  switch (trial) {
  case PROBE_USER_DISPATCH:
    return probe_user_dispatch();
  case PROBE_USER_DISPATCH_INCLUSIVE:
    return probe_user_dispatch_inclusive();
  case PROBE_SECCOMP_TRAP:
    return probe_seccomp_trap();
  case PROBE_SECCOMP_NOTIFY:
    return probe_seccomp_notify();
  case PROBE_MSEAL:
    return probe_mseal();
  case PROBE_MEMORY_MAP:
    return probe_memory_map(0);
  case PROBE_EXECUTABLE_LINK:
    return probe_memory_map(1);
  case PROBE_INT80:
    return probe_int80();
  case PROBE_CLONE3:
    return probe_clone3();
  }
  return PROBE_SILENT;
}

/// A trial may hang or be killed: no core file, no inherited mask, and an alarm.
static void prepare(void) {
  struct rlimit none = {0, 0};
  setrlimit(RLIMIT_CORE, &none);
  signal(SIGALRM, SIG_DFL);
  signal(SIGSEGV, SIG_DFL);
  sigset_t empty;
  sigemptyset(&empty);
  sigprocmask(SIG_SETMASK, &empty, 0);
  alarm(PATIENCE_SECONDS);
}

static int try_in_child(enum probe_trial trial) {
  pid_t child = fork();
  if (child == 0) {
    prepare();
    _exit(run(trial));
  }
  if (child < 0)
    return PROBE_NO_CHILD;
  int status;
  while (waitpid(child, &status, 0) < 0)
    if (errno != EINTR)
      return PROBE_NO_CHILD;
  return WIFSIGNALED(status) ? -WTERMSIG(status) : WEXITSTATUS(status);
}

int probe_try(enum probe_trial trial) {
  // Where SIGCHLD is ignored, which is inherited, there is nothing to wait for.
  struct sigaction standard = {.sa_handler = SIG_DFL}, old;
  sigemptyset(&standard.sa_mask);
  sigaction(SIGCHLD, &standard, &old);
  int result = try_in_child(trial);
  sigaction(SIGCHLD, &old, 0);
  return result;
}
