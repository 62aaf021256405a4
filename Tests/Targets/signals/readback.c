// SPDX-License-Identifier: Apache-2.0 WITH Swift-exception
// sigaction gives back what was set: handler, flags, mask and restorer, for every signal.
#include "../target.h"

struct kernel_action {
  void *handler;
  uint64_t flags;
  void *restorer;
  uint64_t mask;
};

static void one(int signal) { (void)signal; }
static void three(int signal, siginfo_t *info, void *context) {
  (void)signal, (void)info, (void)context;
}

int main(void) {
  start();
  // Through libc.
  struct sigaction action = {.sa_handler = one, .sa_flags = SA_RESTART | SA_NODEFER}, old;
  action.sa_mask = set_of(SIGUSR2, SIGSYS, SIGSEGV, SIGRTMAX, 0);
  fact(sigaction(SIGUSR1, NULL, &old) == 0 && old.sa_handler == SIG_DFL && old.sa_flags == 0,
       "default at first");
  sigaction(SIGUSR1, &action, &old);
  fact(old.sa_handler == SIG_DFL, "the old one is default");
  action.sa_handler = SIG_IGN;
  sigaction(SIGUSR1, &action, &old);
  fact(old.sa_handler == one && (old.sa_flags & ~0x04000000) == (SA_RESTART | SA_NODEFER),
       "then ours");
  printf("mask: %s\n", names(&old.sa_mask));
  sigaction(SIGUSR1, NULL, &old);
  fact(old.sa_handler == SIG_IGN, "then ignored");

  // As the kernel keeps it, for every signal.
  bool same = true, kept = true;
  for (int number = 1; number <= 64; number++) {
    struct kernel_action set = {(void *)three,
                                0x04000000 | SA_SIGINFO | SA_ONSTACK | SA_RESTART | SA_NODEFER,
                                (void *)one, 0x8000000040000a00UL + (unsigned)number};
    struct kernel_action got;
    memset(&got, 0x55, sizeof got);
    long value = raw(SYS_rt_sigaction, number, (long)&set, 0, 8, 0, 0);
    if (number == SIGKILL || number == SIGSTOP) {
      same &= value == -EINVAL;
      continue;
    }
    same &= value == 0 && raw(SYS_rt_sigaction, number, 0, (long)&got, 8, 0, 0) == 0;
    // KILL and STOP cannot be in a mask.
    set.mask &= ~(1UL << (SIGKILL - 1) | 1UL << (SIGSTOP - 1));
    expect(memcmp(&set, &got, sizeof set) == 0, "signal %d comes back changed", number);
  }
  for (int number = 1; number <= 64; number++) {
    struct kernel_action plain = {SIG_DFL, 0, NULL, 0}, got;
    if (number == SIGKILL || number == SIGSTOP)
      continue;
    kept &= raw(SYS_rt_sigaction, number, (long)&plain, (long)&got, 8, 0, 0) == 0;
    kept &= got.handler == (void *)three && got.restorer == (void *)one;
  }
  fact(same, "every signal set and read");
  fact(kept, "kept until set again");
  // The same memory for the new and the old action.
  struct kernel_action both = {(void *)three, 0x04000000 | SA_SIGINFO, (void *)one, 1};
  raw(SYS_rt_sigaction, SIGUSR2, (long)&both, (long)&both, 8, 0, 0);
  fact(both.handler == NULL && both.flags == 0, "the same memory for both");
  raw(SYS_rt_sigaction, SIGUSR2, 0, (long)&both, 8, 0, 0);
  fact(both.handler == (void *)three && both.mask == 1, "and it was set");
  // Flags the kernel does not know are cleared, so that programs can ask.
  struct kernel_action odd = {(void *)three, 0x04000000 | 0x00000400 | 0x800 | SA_SIGINFO,
                              (void *)one, 0};
  raw(SYS_rt_sigaction, SIGUSR2, (long)&odd, 0, 8, 0, 0);
  raw(SYS_rt_sigaction, SIGUSR2, 0, (long)&odd, 8, 0, 0);
  printf("flags: %#lx\n", odd.flags);
  return finish();
}
