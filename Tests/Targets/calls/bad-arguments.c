// SPDX-License-Identifier: Apache-2.0 WITH Swift-exception
// Wrong sizes, numbers and flags give the errors of the kernel, in its order of checks.
#include "../target.h"
#include <linux/sched.h>

static void check(const char *what, long number, long a, long b, long c, long d, long e) {
  printf("%s: %s\n", what, raw_result(raw(number, a, b, c, d, e, 0)));
}

int main(void) {
  start();
  long bad = (long)mmap(NULL, 4096, PROT_NONE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
  uint64_t action[4] = {0}, old[4];
  uint64_t set = 0;
  long set_at = (long)&set, action_at = (long)action, old_at = (long)old;
  check("rt_sigaction size 0", SYS_rt_sigaction, SIGUSR1, action_at, 0, 0, 0);
  check("rt_sigaction size 4", SYS_rt_sigaction, SIGUSR1, action_at, 0, 4, 0);
  check("rt_sigaction size 16", SYS_rt_sigaction, SIGUSR1, action_at, 0, 16, 0);
  check("rt_sigaction size 4, bad pointer", SYS_rt_sigaction, SIGUSR1, bad, 0, 4, 0);
  check("rt_sigaction signal 0", SYS_rt_sigaction, 0, action_at, 0, 8, 0);
  check("rt_sigaction signal 0, bad pointer", SYS_rt_sigaction, 0, bad, 0, 8, 0);
  check("rt_sigaction signal 64", SYS_rt_sigaction, 64, action_at, 0, 8, 0);
  check("rt_sigaction signal 65", SYS_rt_sigaction, 65, action_at, 0, 8, 0);
  check("rt_sigaction signal -1", SYS_rt_sigaction, -1, action_at, 0, 8, 0);
  check("rt_sigaction signal 0, no action", SYS_rt_sigaction, 0, 0, old_at, 8, 0);
  check("rt_sigaction KILL", SYS_rt_sigaction, SIGKILL, action_at, 0, 8, 0);
  check("rt_sigaction STOP", SYS_rt_sigaction, SIGSTOP, action_at, 0, 8, 0);
  check("rt_sigaction KILL, only read", SYS_rt_sigaction, SIGKILL, 0, old_at, 8, 0);
  fact(old[0] == 0, "KILL is default");
  check("rt_sigaction nothing", SYS_rt_sigaction, SIGUSR1, 0, 0, 8, 0);

  check("rt_sigprocmask size 0", SYS_rt_sigprocmask, SIG_BLOCK, set_at, 0, 0, 0);
  check("rt_sigprocmask size 4", SYS_rt_sigprocmask, SIG_BLOCK, set_at, 0, 4, 0);
  check("rt_sigprocmask how 3", SYS_rt_sigprocmask, 3, set_at, 0, 8, 0);
  check("rt_sigprocmask how 3, bad pointer", SYS_rt_sigprocmask, 3, bad, 0, 8, 0);
  check("rt_sigprocmask how 3, no set", SYS_rt_sigprocmask, 3, 0, set_at, 8, 0);
  check("rt_sigprocmask how -1", SYS_rt_sigprocmask, -1, set_at, 0, 8, 0);

  set = ~0UL;
  check("rt_sigpending size 4", SYS_rt_sigpending, set_at, 4, 0, 0, 0);
  fact(set == 0xffffffff00000000, "only 4 bytes written");
  check("rt_sigpending size 0", SYS_rt_sigpending, set_at, 0, 0, 0, 0);
  check("rt_sigpending size 9", SYS_rt_sigpending, set_at, 9, 0, 0, 0);
  check("rt_sigsuspend size 4", SYS_rt_sigsuspend, set_at, 4, 0, 0, 0);
  struct timespec time = {0, 1000000000}, negative = {-1, 0}, zero = {0, 0};
  check("rt_sigtimedwait size 4", SYS_rt_sigtimedwait, set_at, 0, (long)&zero, 4, 0);
  check("rt_sigtimedwait bad time", SYS_rt_sigtimedwait, set_at, 0, (long)&time, 8, 0);
  check("rt_sigtimedwait negative time", SYS_rt_sigtimedwait, set_at, 0, (long)&negative, 8, 0);
  check("rt_sigtimedwait zero time", SYS_rt_sigtimedwait, set_at, 0, (long)&zero, 8, 0);
  check("signalfd4 size 4", SYS_signalfd4, -1, set_at, 4, 0, 0);
  check("signalfd4 flags", SYS_signalfd4, -1, set_at, 8, 1, 0);
  check("signalfd4 on another kind", SYS_signalfd4, 1, set_at, 8, 0, 0);

  static char stack[16384];
  stack_t alternate = {stack, 0, sizeof stack};
  alternate.ss_flags = 8;
  check("sigaltstack flags 8", SYS_sigaltstack, (long)&alternate, 0, 0, 0, 0);
  alternate.ss_flags = SS_ONSTACK;
  check("sigaltstack flags SS_ONSTACK", SYS_sigaltstack, (long)&alternate, 0, 0, 0, 0);
  alternate.ss_flags = 0;
  alternate.ss_size = 2047;
  check("sigaltstack size 2047", SYS_sigaltstack, (long)&alternate, 0, 0, 0, 0);
  alternate.ss_flags = SS_DISABLE;
  alternate.ss_size = 0;
  check("sigaltstack disabled, size 0", SYS_sigaltstack, (long)&alternate, 0, 0, 0, 0);

  check("kill signal 65", SYS_kill, getpid(), 65, 0, 0, 0);
  check("kill signal -1", SYS_kill, getpid(), -1, 0, 0, 0);
  check("kill signal 0", SYS_kill, getpid(), 0, 0, 0, 0);
  check("kill nobody", SYS_kill, 0x3fffffff, 0, 0, 0, 0);
  check("tgkill group 0", SYS_tgkill, 0, gettid(), SIGUSR1, 0, 0);
  check("tgkill thread -1", SYS_tgkill, getpid(), -1, SIGUSR1, 0, 0);
  check("tgkill signal 65", SYS_tgkill, getpid(), gettid(), 65, 0, 0);
  check("tgkill another group", SYS_tgkill, 1, gettid(), 0, 0, 0);
  check("tkill thread 0", SYS_tkill, 0, SIGUSR1, 0, 0, 0);
  siginfo_t info;
  memset(&info, 0, sizeof info);
  check("rt_sigqueueinfo signal 65", SYS_rt_sigqueueinfo, getpid(), 65, (long)&info, 0, 0);
  check("rt_sigqueueinfo signal 0", SYS_rt_sigqueueinfo, getpid(), 0, (long)&info, 0, 0);
  check("rt_sigqueueinfo nobody", SYS_rt_sigqueueinfo, 0x3fffffff, SIGUSR1, (long)&info, 0, 0);

  check("clone THREAD alone", SYS_clone, CLONE_THREAD, 0, 0, 0, 0);
  check("clone SIGHAND alone", SYS_clone, CLONE_SIGHAND, 0, 0, 0, 0);
  check("clone THREAD and SIGHAND", SYS_clone, CLONE_THREAD | CLONE_SIGHAND, 0, 0, 0, 0);
  check("clone NEWNS and FS", SYS_clone, CLONE_NEWNS | CLONE_FS, 0, 0, 0, 0);
  check("clone PIDFD and PARENT_SETTID", SYS_clone, CLONE_PIDFD | CLONE_PARENT_SETTID, 0, set_at, 0,
        0);
  struct clone_args args;
  memset(&args, 0, sizeof args);
  long args_at = (long)&args;
  check("clone3 size 0", SYS_clone3, args_at, 0, 0, 0, 0);
  check("clone3 size 63", SYS_clone3, args_at, 63, 0, 0, 0);
  check("clone3 size 5000", SYS_clone3, args_at, 5000, 0, 0, 0);
  char large[512] = {0};
  large[500] = 1;
  check("clone3 with more than is known", SYS_clone3, (long)large, sizeof large, 0, 0, 0);
  args.exit_signal = 65;
  check("clone3 exit signal 65", SYS_clone3, args_at, sizeof args, 0, 0, 0);
  args.exit_signal = SIGCHLD;
  args.flags = CLONE_THREAD | CLONE_SIGHAND | CLONE_VM;
  check("clone3 thread with exit signal", SYS_clone3, args_at, sizeof args, 0, 0, 0);
  args.exit_signal = 0;
  args.flags = 0;
  args.stack = (uint64_t)stack;
  check("clone3 stack without size", SYS_clone3, args_at, sizeof args, 0, 0, 0);
  args.stack = 0;
  args.stack_size = 4096;
  check("clone3 size without stack", SYS_clone3, args_at, sizeof args, 0, 0, 0);
  args.stack_size = 0;
  args.flags = 17;
  check("clone3 signal in the flags", SYS_clone3, args_at, sizeof args, 0, 0, 0);
  args.flags = 0;
  args.set_tid_size = 1;
  check("clone3 tid size without tids", SYS_clone3, args_at, sizeof args, 0, 0, 0);
  args.set_tid_size = 0;
  args.flags = CLONE_SIGHAND | CLONE_VM | CLONE_CLEAR_SIGHAND;
  check("clone3 SIGHAND and CLEAR_SIGHAND", SYS_clone3, args_at, sizeof args, 0, 0, 0);

  check("set_robust_list size 1", SYS_set_robust_list, set_at, 1, 0, 0, 0);
  check("execveat flags", SYS_execveat, AT_FDCWD, (long)"/nowhere", 0, 0, 0x40);
  check("prctl unknown", SYS_prctl, 0x12345, 0, 0, 0, 0);
  check("arch_prctl unknown", SYS_arch_prctl, 0x9999, 0, 0, 0, 0);
  check("close_range backwards", SYS_close_range, 9, 3, 0, 0, 0);
  check("mmap length 0", SYS_mmap, 0, 0, PROT_READ, MAP_PRIVATE | MAP_ANONYMOUS, -1);
  check("munmap unaligned", SYS_munmap, 1, 4096, 0, 0, 0);
  check("mprotect unaligned", SYS_mprotect, 1, 4096, 0, 0, 0);
  check("wait4 options", SYS_wait4, -1, 0, 0x100, 0, 0);
  check("waitid options", SYS_waitid, P_ALL, 0, 0, 0, 0);
  return finish();
}
