// SPDX-License-Identifier: Apache-2.0 WITH Swift-exception
// A parent traces its child over sites that were called often: by steps, breakpoints and calls.
#include "site.h"
#include <sys/ptrace.h>
#include <sys/user.h>

SHORT_SITE(pid, 39)
LONG_SITE(parent, 110)

static int work(void) {
  int right = 0;
  for (int round = 0; round < 5; round++) {
    right += pid(0, 0, 0, 0, 0, 0) == getpid();
    right += parent(0, 0, 0, 0, 0, 0) == getppid();
  }
  return right;
}

static pid_t begin(void) {
  pid_t child = fork();
  if (child == 0) {
    ptrace(PTRACE_TRACEME, 0, 0, 0);
    if (work() != 10)
      _exit(1);
    raise(SIGSTOP);
    _exit(20 + work());
  }
  int status;
  // Whoever traces may see signals that the program itself does not.
  while (waitpid(child, &status, 0) == child && WIFSTOPPED(status) && WSTOPSIG(status) == SIGSYS)
    ptrace(PTRACE_CONT, child, 0, SIGSYS);
  expect(WIFSTOPPED(status) && WSTOPSIG(status) == SIGSTOP, "the stop");
  return child;
}

/// Lets the child go on in one way, with the signals that stopped it but for SIGTRAP.
static const char *go(pid_t child, int request, int *stops) {
  int signal = 0, status;
  *stops = 0;
  for (;;) {
    if (ptrace(request, child, 0, signal) != 0)
      return "lost";
    if (waitpid(child, &status, 0) != child)
      return "lost";
    if (!WIFSTOPPED(status))
      return ending(status);
    signal = WSTOPSIG(status) & 0x7f;
    signal = signal == SIGTRAP ? 0 : signal;
    ++*stops;
  }
}

static long peek(pid_t child, const char *at) { return ptrace(PTRACE_PEEKTEXT, child, at, 0); }

/// Stops at an address by `int3`, steps over it and goes on; so many times.
static int breakpoint(pid_t child, const char *at, int times) {
  int hits = 0, status;
  long old = peek(child, at);
  for (int round = 0; round < times; round++) {
    ptrace(PTRACE_POKETEXT, child, at, (old & ~0xffl) | 0xcc);
    int signal = 0;
    for (;;) {
      ptrace(PTRACE_CONT, child, 0, signal);
      waitpid(child, &status, 0);
      if (!WIFSTOPPED(status))
        return hits;
      signal = WSTOPSIG(status);
      if (signal == SIGTRAP)
        break;
    }
    struct user_regs_struct registers;
    ptrace(PTRACE_GETREGS, child, 0, &registers);
    hits += (char *)registers.rip == at + 1;
    registers.rip--;
    ptrace(PTRACE_SETREGS, child, 0, &registers);
    ptrace(PTRACE_POKETEXT, child, at, old);
    ptrace(PTRACE_SINGLESTEP, child, 0, 0);
    waitpid(child, &status, 0);
  }
  return hits;
}

int main(void) {
  start();
  int stops;
  printf("going on: %s\n", go(begin(), PTRACE_CONT, &stops));
  const char *end = go(begin(), PTRACE_SINGLESTEP, &stops);
  printf("by steps: %s\n", end);
  fact(stops > 100, "more than a hundred steps");
  end = go(begin(), PTRACE_SYSCALL, &stops);
  printf("by calls: %s\n", end);
  fact(stops >= 40, "at least forty stops");
  pid_t child = begin();
  printf("at the move: %d\n", breakpoint(child, pid_move, 3));
  printf("then: %s\n", go(child, PTRACE_CONT, &stops));
  child = begin();
  printf("at the long move: %d\n", breakpoint(child, parent_move, 3));
  printf("then: %s\n", go(child, PTRACE_CONT, &stops));
  child = begin();
  printf("behind: %d\n", breakpoint(child, parent_behind, 3));
  printf("then: %s\n", go(child, PTRACE_CONT, &stops));
  child = begin();
  ptrace(PTRACE_DETACH, child, 0, 0);
  printf("let go: %s\n", wait_for(child));
  return finish();
}
