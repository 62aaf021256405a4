// SPDX-License-Identifier: Apache-2.0 WITH Swift-exception
// Stepping by the trap flag over system calls: a call and what follows it are one step.
#include "../target.h"

static volatile int steps;

static void handler(int signal, siginfo_t *info, void *context) {
  (void)signal, (void)info, (void)context;
  steps++;
}

int main(void) {
  start();
  on(SIGTRAP, handler, 0);
  static const long numbers[] = {SYS_getpid, 9999, SYS_sched_yield};
  for (int index = 0; index < 3; index++) {
    steps = 0;
    long value = 0;
    __asm__ volatile("sub $128, %%rsp\n"
                     "pushfq\n"
                     "orq $0x100, (%%rsp)\n"
                     "popfq\n"
                     "mov $10, %%ebx\n"
                     "1: mov %[number], %%rax\n"
                     "syscall\n"
                     "dec %%ebx\n"
                     "jne 1b\n"
                     "pushfq\n"
                     "andq $~0x100, (%%rsp)\n"
                     "popfq\n"
                     "add $128, %%rsp\n"
                     : "=&a"(value)
                     : [number] "r"(numbers[index])
                     : "rbx", "rcx", "r11", "cc", "memory");
    printf("call %ld: steps %d, %s\n", numbers[index], steps,
           numbers[index] == SYS_getpid ? (value == getpid() ? "right" : "wrong")
                                        : raw_result(value));
  }
  return finish();
}
