// SPDX-License-Identifier: Apache-2.0 WITH Swift-exception
// Jumps and accesses to nowhere fault where they should.
#include "../target.h"
#include <setjmp.h>

static sigjmp_buf back;
static volatile uint64_t rip, address;
static volatile int code;

static void handler(int signal, siginfo_t *info, void *context) {
  (void)signal;
  rip = (uint64_t)((ucontext_t *)context)->uc_mcontext.gregs[REG_RIP];
  address = (uint64_t)info->si_addr;
  code = info->si_code;
  siglongjmp(back, 1);
}

static uint8_t data[4096] __attribute__((aligned(4096))) = {0xc3};

static void jump(const char *what, uint64_t target) {
  if (sigsetjmp(back, 1) == 0) {
    ((void (*)(void))target)();
    printf("wrong: %s came back\n", what);
    return;
  }
  printf("%s: code %d, rip %s, address %s\n", what, code, rip == target ? "there" : "elsewhere",
         address == target ? "there"
         : address == 0    ? "0"
                           : "elsewhere");
}

int main(void) {
  start();
  on(SIGSEGV, handler, SA_NODEFER);
  jump("call of NULL", 0);
  jump("call of 16", 16);
  jump("call of data", (uint64_t)data);
  char *none = mmap(NULL, 4096, PROT_NONE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
  jump("call of a page without access", (uint64_t)none);
  jump("call into the kernel", 0xffffffff81000000);
  jump("call behind the user's addresses", 0x00007ffffffff000);
  if (sigsetjmp(back, 1) == 0)
    *(volatile int *)NULL = 1;
  fact(address == 0 && code == SEGV_MAPERR, "write to NULL");
  if (sigsetjmp(back, 1) == 0)
    *(volatile char *)&main = 1;
  fact(address == (uint64_t)&main && code == SEGV_ACCERR, "write to code");
  // The same without a handler.
  static const uint64_t targets[] = {0, 16, 0xffffffff81000000, 0x4141414141414141};
  for (int index = 0; index < 4; index++) {
    fflush(stdout);
    pid_t child = fork();
    if (child == 0) {
      signal(SIGSEGV, SIG_DFL);
      ((void (*)(void))targets[index])();
      _exit(1);
    }
    printf("call of %#lx: %s\n", targets[index], wait_for(child));
  }
  return finish();
}
