// SPDX-License-Identifier: Apache-2.0 WITH Swift-exception
// Seccomp filters: an error for one call, SIGSYS with its information for another, inherited.
#include "../target.h"
#include <linux/filter.h>
#include <linux/seccomp.h>
#include <stddef.h>

static volatile int count, code, number, error_value, architecture;
static void *volatile address;
static volatile uint64_t rip, rax;

static void handler(int signal, siginfo_t *info, void *context) {
  (void)signal;
  greg_t *regs = ((ucontext_t *)context)->uc_mcontext.gregs;
  count++;
  code = info->si_code;
  number = info->si_syscall;
  architecture = (int)info->si_arch;
  error_value = info->si_errno;
  address = info->si_call_addr;
  rip = (uint64_t)regs[REG_RIP];
  rax = (uint64_t)regs[REG_RAX];
  regs[REG_RAX] = 4242; // the result of the call
}

static long filter(struct sock_filter *program, unsigned short length) {
  struct sock_fprog filter_program = {length, program};
  return syscall(SYS_seccomp, SECCOMP_SET_MODE_FILTER, 0, &filter_program);
}

static long add(long call, unsigned action) {
  struct sock_filter program[] = {
      BPF_STMT(BPF_LD | BPF_W | BPF_ABS, offsetof(struct seccomp_data, nr)),
      BPF_JUMP(BPF_JMP | BPF_JEQ | BPF_K, (unsigned)call, 0, 1),
      BPF_STMT(BPF_RET | BPF_K, action),
      BPF_STMT(BPF_RET | BPF_K, SECCOMP_RET_ALLOW),
  };
  return filter(program, 4);
}

int main(void) {
  start();
  on(SIGSYS, handler, 0);
  prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0);
  printf("error for getppid: %s\n", result(add(SYS_getppid, SECCOMP_RET_ERRNO | ENOTTY)));
  printf("getppid: %s\n", raw_result(raw(SYS_getppid, 0, 0, 0, 0, 0, 0)));
  printf("mode: %d\n", prctl(PR_GET_SECCOMP));
  printf("trap for getpgid: %s\n", result(add(SYS_getpgid, SECCOMP_RET_TRAP | 77)));
  long value;
  uint64_t after;
  __asm__ volatile("syscall\n"
                   "1: lea 1b(%%rip), %1\n"
                   : "=a"(value), "=r"(after)
                   : "a"(SYS_getpgid), "D"(0)
                   : "rcx", "r11", "memory");
  printf("getpgid: %ld\n", value);
  printf("handler: %d, code %d, call %d, data %d\n", count, code, number, error_value);
  fact((unsigned)architecture == 0xc000003e, "architecture");
  fact((uint64_t)address == after && rip == after, "address after the call");
  fact(rax == SYS_getpgid, "rax has the number");
  printf("error for an unknown number: %s\n", result(add(9999, SECCOMP_RET_ERRNO | EDOM)));
  printf("9999: %s\n", raw_result(raw(9999, 0, 0, 0, 0, 0, 0)));
  printf("9998: %s\n", raw_result(raw(9998, 0, 0, 0, 0, 0, 0)));

  // Children inherit the filters; so do threads and executions.
  pid_t child = fork();
  if (child == 0)
    _exit(raw(SYS_getppid, 0, 0, 0, 0, 0, 0) == -ENOTTY &&
                  raw(SYS_getpgid, 0, 0, 0, 0, 0, 0) == 4242
              ? 6
              : 1);
  printf("child: %s\n", wait_for(child));
  child = fork();
  if (child == 0) {
    signal(SIGSYS, SIG_DFL);
    raw(SYS_getpgid, 0, 0, 0, 0, 0, 0);
    _exit(1);
  }
  printf("without a handler: %s\n", wait_for(child));
  child = fork();
  if (child == 0) {
    sigset_t set = set_of(SIGSYS, 0);
    sigprocmask(SIG_BLOCK, &set, NULL);
    raw(SYS_getpgid, 0, 0, 0, 0, 0, 0);
    _exit(1);
  }
  printf("blocked: %s\n", wait_for(child));
  child = fork();
  if (child == 0) {
    add(SYS_sched_yield, SECCOMP_RET_KILL_PROCESS);
    raw(SYS_sched_yield, 0, 0, 0, 0, 0, 0);
    _exit(1);
  }
  printf("killing filter: %s\n", wait_for(child));
  return finish();
}
