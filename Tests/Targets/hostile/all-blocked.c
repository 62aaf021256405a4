// SPDX-License-Identifier: Apache-2.0 WITH Swift-exception
// With every signal blocked, by call, by handler and by context, system calls go on.
#include "../target.h"

static volatile bool good = true;
static uint64_t all = ~0UL, now;

static void check(const char *what) {
  good &= getppid() > 0 && raw(9999, 0, 0, 0, 0, 0, 0) == -ENOSYS;
  raw(SYS_rt_sigprocmask, SIG_SETMASK, 0, (long)&now, 8, 0, 0);
  expect(now == 0xfffffffffffbfeff, "%s: mask %#lx", what, now);
}

static void by_call(int signal) {
  (void)signal;
  raw(SYS_rt_sigprocmask, SIG_SETMASK, (long)&all, 0, 8, 0, 0);
  check("by call");
}

static void by_mask(int signal) {
  (void)signal;
  check("by the mask of the action");
}

static void by_context(int signal, siginfo_t *info, void *context) {
  (void)signal, (void)info;
  memset(&((ucontext_t *)context)->uc_sigmask, 0xff, 8);
}

int main(void) {
  start();
  struct sigaction action = {.sa_handler = by_call};
  sigaction(SIGUSR1, &action, NULL);
  raise(SIGUSR1);
  raw(SYS_rt_sigprocmask, SIG_SETMASK, 0, (long)&now, 8, 0, 0);
  printf("afterwards: %#lx\n", now);
  action.sa_handler = by_mask;
  memset(&action.sa_mask, 0xff, sizeof action.sa_mask);
  sigaction(SIGUSR1, &action, NULL);
  raise(SIGUSR1);
  on(SIGUSR2, by_context, 0);
  raw(SYS_tgkill, getpid(), gettid(), SIGUSR2, 0, 0, 0);
  check("by context");
  pid_t child = fork();
  if (child == 0) {
    check("in a child");
    _exit(good && !any_wrong ? 4 : 1);
  }
  printf("child: %s\n", wait_for(child));
  child = vfork();
  if (child == 0)
    _exit(5);
  printf("child: %s\n", wait_for(child));
  uint64_t none = 0;
  raw(SYS_rt_sigprocmask, SIG_SETMASK, (long)&none, 0, 8, 0, 0);
  fact(good, "calls went on");
  return finish();
}
