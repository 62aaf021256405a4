// SPDX-License-Identifier: Apache-2.0 WITH Swift-exception
// rt_sigreturn with a frame of garbage: SIGSEGV, caught or deadly.
#include "../target.h"
#include <setjmp.h>

static sigjmp_buf back;
static volatile int code;
static volatile uint64_t address;

static void handler(int signal, siginfo_t *info, void *context) {
  (void)signal, (void)context;
  code = info->si_code;
  address = (uint64_t)info->si_addr;
  siglongjmp(back, 1);
}

__attribute__((noinline)) static void return_with(uint64_t rsp) {
  __asm__ volatile("mov %0, %%rsp\n"
                   "mov $15, %%eax\n"
                   "syscall\n"
                   "ud2\n"
                   :
                   : "r"(rsp)
                   : "memory");
  __builtin_unreachable();
}

int main(void) {
  start();
  static char stack[65536];
  stack_t alternate = {stack, 0, sizeof stack};
  static char zeros[65536] __attribute__((aligned(64))), ones[65536] __attribute__((aligned(64)));
  memset(ones, 0xff, sizeof ones);
  char *none = mmap(NULL, 8192, PROT_NONE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
  mprotect(none, 4096, PROT_READ | PROT_WRITE);
  struct {
    const char *what;
    uint64_t rsp;
  } cases[] = {{"zeros", (uint64_t)zeros + 4096 + 8},
               {"ones", (uint64_t)ones + 4096 + 8},
               {"no stack", 0},
               {"page without access", (uint64_t)none + 4096 + 8},
               {"frame cut off", (uint64_t)none + 4096 - 64 + 8},
               {"address of the kernel", 0xffff888000000008},
               {"no address", 0x4141414141414141}};
  for (int index = 0; index < 7; index++) {
    fflush(stdout);
    pid_t child = fork();
    if (child == 0)
      return_with(cases[index].rsp);
    printf("%s: %s\n", cases[index].what, wait_for(child));
  }
  // Caught on the alternate stack, except where the frame itself blocks the signal.
  sigaltstack(&alternate, NULL);
  on(SIGSEGV, handler, SA_ONSTACK);
  for (volatile int index = 2; index < 7; index++) {
    code = -1;
    if (sigsetjmp(back, 1) == 0)
      return_with(cases[index].rsp);
    printf("%s, caught: code %d, address %s\n", cases[index].what, code,
           address == 0 ? "0" : "some");
  }
  signal(SIGUSR1, SIG_IGN);
  raise(SIGUSR1);
  sigset_t set = blocked();
  printf("blocked: %s\n", names(&set));
  return finish();
}
