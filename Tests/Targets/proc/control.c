// SPDX-License-Identifier: Apache-2.0 WITH Swift-exception
// prctl: dumpable, no new privileges, names, timer slack, keeping capabilities.
#include "../target.h"

int main(void) {
  start();
  printf("dumpable: %d\n", prctl(PR_GET_DUMPABLE));
  printf("set 0: %s\n", result(prctl(PR_SET_DUMPABLE, 0)));
  printf("dumpable: %d\n", prctl(PR_GET_DUMPABLE));
  printf("set 1: %s\n", result(prctl(PR_SET_DUMPABLE, 1)));
  printf("set 2: %s\n", result(prctl(PR_SET_DUMPABLE, 2)));
  printf("no new privileges: %d\n", prctl(PR_GET_NO_NEW_PRIVS, 0, 0, 0, 0));
  printf("set 1: %s\n", result(prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0)));
  printf("set 0: %s\n", result(prctl(PR_SET_NO_NEW_PRIVS, 0, 0, 0, 0)));
  printf("no new privileges: %d\n", prctl(PR_GET_NO_NEW_PRIVS, 0, 0, 0, 0));
  printf("more arguments: %s\n", result(prctl(PR_GET_NO_NEW_PRIVS, 1, 0, 0, 0)));
  pid_t child = fork();
  if (child == 0)
    _exit(prctl(PR_GET_NO_NEW_PRIVS, 0, 0, 0, 0));
  printf("child has it: %s\n", wait_for(child));
  char name[17] = {0};
  prctl(PR_SET_NAME, "fifteen-letters-and-more");
  prctl(PR_GET_NAME, name);
  printf("name: %s\n", name);
  prctl(PR_SET_TIMERSLACK, 77777);
  printf("timer slack: %d\n", prctl(PR_GET_TIMERSLACK));
  prctl(PR_SET_KEEPCAPS, 1);
  printf("keeping capabilities: %d\n", prctl(PR_GET_KEEPCAPS));
  printf("seccomp: %d\n", prctl(PR_GET_SECCOMP));
  printf("time stamp counter: %s\n", result(prctl(PR_SET_TSC, PR_TSC_ENABLE)));
  int value = 0;
  printf("endianness: %s\n", result(prctl(PR_GET_ENDIAN, &value)));
  uint64_t base = 0;
  fact(syscall(SYS_arch_prctl, 0x1003, &base) == 0 && base == (uint64_t)__builtin_thread_pointer(),
       "fs base is the thread pointer");
  static uint64_t area[2] = {0x1234, 0x5678};
  uint64_t loaded;
  syscall(SYS_arch_prctl, 0x1001, area); // ARCH_SET_GS
  __asm__ volatile("mov %%gs:8, %0" : "=r"(loaded));
  fact(loaded == 0x5678, "gs base set");
  raise(SIGWINCH);
  getppid();
  syscall(SYS_arch_prctl, 0x1004, &base);
  fact(base == (uint64_t)area, "gs base told");
  return finish();
}
