// SPDX-License-Identifier: Apache-2.0 WITH Swift-exception
// SIGSYS forged to look like the kernel's own, sent by a program to itself, is only a signal.
#include "../target.h"

static volatile int count, code, number;
static volatile uint64_t address;

static void handler(int signal, siginfo_t *info, void *context) {
  (void)signal, (void)context;
  count++;
  code = info->si_code;
  number = info->si_syscall;
  address = (uint64_t)info->si_call_addr;
}

int main(void) {
  start();
  on(SIGSYS, handler, 0);
  siginfo_t info;
  static const int codes[] = {2, 1, 0, SI_QUEUE, SI_TKILL, 0x80};
  for (int index = 0; index < 6; index++) {
    memset(&info, 0, sizeof info);
    info.si_signo = SIGSYS;
    info.si_code = codes[index]; // 2 is SYS_USER_DISPATCH, 1 is SYS_SECCOMP
    info.si_syscall = SYS_exit_group;
    info.si_arch = 0xc000003e;
    info.si_call_addr = (void *)&main;
    count = 0;
    code = number = 0;
    const char *first = result(syscall(SYS_rt_sigqueueinfo, getpid(), SIGSYS, &info));
    printf("code %d: %s, handled %d, code %d, call %d\n", codes[index], first, count, code, number);
    const char *second = result(syscall(SYS_rt_tgsigqueueinfo, getpid(), gettid(), SIGSYS, &info));
    printf("code %d to the thread: %s, handled %d, code %d\n", codes[index], second, count, code);
    fact(address == (uint64_t)&main, "address as forged");
  }
  // Blocked, taken without a handler.
  sigset_t set = set_of(SIGSYS, 0);
  sigprocmask(SIG_BLOCK, &set, NULL);
  info.si_code = 2;
  syscall(SYS_rt_sigqueueinfo, getpid(), SIGSYS, &info);
  getppid();
  siginfo_t taken;
  fact(sigwaitinfo(&set, &taken) == SIGSYS && taken.si_code == 2 &&
           taken.si_syscall == SYS_exit_group,
       "taken as forged");
  printf("handled: %d\n", count);
  // By default it kills.
  pid_t child = fork();
  if (child == 0) {
    signal(SIGSYS, SIG_DFL);
    sigprocmask(SIG_UNBLOCK, &set, NULL);
    info.si_code = 2;
    syscall(SYS_rt_sigqueueinfo, getpid(), SIGSYS, &info);
    _exit(1);
  }
  printf("default: %s\n", wait_for(child));
  // To another process such a code is not allowed.
  child = fork();
  if (child == 0) {
    pause();
    _exit(1);
  }
  info.si_code = SI_TKILL;
  printf("to another: %s\n", result(syscall(SYS_rt_sigqueueinfo, child, SIGSYS, &info)));
  info.si_code = 2;
  printf("to another: %s\n", result(syscall(SYS_rt_sigqueueinfo, child, SIGSYS, &info)));
  kill(child, SIGKILL);
  wait_for(child);
  return finish();
}
