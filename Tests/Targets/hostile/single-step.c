// SPDX-License-Identifier: Apache-2.0 WITH Swift-exception
// A program that steps through its own loop by the trap flag counts every instruction.
#include "../target.h"

static volatile int steps, codes;
static volatile uint64_t last;

static void handler(int signal, siginfo_t *info, void *context) {
  (void)signal;
  steps++;
  codes += info->si_code == TRAP_TRACE;
  last = (uint64_t)((ucontext_t *)context)->uc_mcontext.gregs[REG_RIP];
}

extern char step_end;

int main(void) {
  start();
  on(SIGTRAP, handler, 0);
  for (int round = 0; round < 3; round++) {
    steps = codes = 0;
    __asm__ volatile("sub $128, %%rsp\n"
                     "pushfq\n"
                     "orq $0x100, (%%rsp)\n"
                     "popfq\n"
                     "mov $100, %%ecx\n"
                     "1: nop\n"
                     "dec %%ecx\n"
                     "jne 1b\n"
                     "pushfq\n"
                     "andq $~0x100, (%%rsp)\n"
                     "popfq\n"
                     "step_end:\n"
                     "add $128, %%rsp\n"
                     :
                     :
                     : "rcx", "cc", "memory");
    printf("steps: %d, trace codes: %d\n", steps, codes);
    fact(last == (uint64_t)&step_end, "last at the end");
  }
  return finish();
}
