// SPDX-License-Identifier: Apache-2.0 WITH Swift-exception
// The probe of `sysweir bench`: interposes on itself in one way, and times one call.

#define _GNU_SOURCE
#include "probe.h"

#include <errno.h>
#include <sched.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

/// However long a measurement may take, it has an end.
enum { PATIENCE_SECONDS = 300 };

static const struct way ways[] = {
    {"native", arm_nothing, 1},
    {"sud-range", arm_dispatch_range, 0},
    {"sud-selector", arm_dispatch_selector, 0},
    {"handler", arm_dispatch_handler, 0},
    {"seccomp-cached", arm_seccomp_cached, 1},
    {"seccomp-allow", arm_seccomp_allow, 1},
    {"seccomp-errno", arm_seccomp_errno, 0},
    {"seccomp-trap", arm_seccomp_trap, 0},
    {"seccomp-notify", arm_seccomp_notify, 0},
    {"ptrace", arm_ptrace, 1},
};

static int usage(void) {
  fprintf(stderr,
          "usage: sysweir-probe WAY CALL SIZE COUNT   COUNT batches of SIZE calls, in ticks\n"
          "       sysweir-probe exec WAY COMMAND...   a whole command, in that way\n"
          "       sysweir-probe pin CORE COMMAND...   a command, kept on one core\n"
          "       sysweir-probe rate                  ticks of a microsecond\n"
          "       sysweir-probe memory                RSS, PSS and private memory, in KiB\n"
          "WAY:");
  for (unsigned i = 0; i < sizeof ways / sizeof *ways; i++)
    fprintf(stderr, " %s", ways[i].name);
  fprintf(stderr, "\n");
  return 2;
}

static const struct way *find(const char *name) {
  for (unsigned i = 0; i < sizeof ways / sizeof *ways; i++)
    if (!strcmp(ways[i].name, name))
      return &ways[i];
  return 0;
}

static int become(char **command) {
  execvp(command[0], command);
  bench_fail(command[0], errno);
  return errno == ENOENT ? 127 : 126;
}

static int pin(const char *word, char **command) {
  char *end;
  unsigned long core = strtoul(word, &end, 10);
  cpu_set_t set;
  CPU_ZERO(&set);
  if (*end || core >= CPU_SETSIZE)
    return usage();
  CPU_SET(core, &set);
  return sched_setaffinity(0, sizeof set, &set) ? bench_fail("pin", errno) : become(command);
}

static int execute(const char *name, char **command) {
  const struct way *way = find(name);
  if (!way || !way->holds_over_exec)
    return usage();
  int error = way->arm(0);
  return error ? bench_fail(name, error) : become(command);
}

/// What was inherited must not decide: a trap that is blocked kills, and a child's end that is
/// blocked or ignored is missed.
static void prepare_signals(void) {
  sigset_t none;
  sigemptyset(&none);
  sigprocmask(SIG_SETMASK, &none, 0);
  signal(SIGCHLD, SIG_DFL);
  signal(SIGALRM, SIG_DFL);
  alarm(PATIENCE_SECONDS);
}

static int measure(const char *name, char **words) {
  const struct way *way = find(name);
  struct bench_task task;
  if (!way)
    return usage();
  int status = bench_parse(words, &task);
  if (status)
    return status;
  prepare_signals();
  int error = bench_prepare();
  if (error)
    return bench_fail("opening files", error);
  error = way->arm(&task);
  return error ? bench_fail(name, error) : bench_measure(&task);
}

int main(int count, char **words) {
  if (count == 2 && !strcmp(words[1], "rate"))
    return bench_rate();
  if (count == 2 && !strcmp(words[1], "memory"))
    return bench_memory();
  if (count > 3 && !strcmp(words[1], "pin"))
    return pin(words[2], words + 3);
  if (count > 3 && !strcmp(words[1], "exec"))
    return execute(words[2], words + 3);
  return count == 5 ? measure(words[1], words + 2) : usage();
}
