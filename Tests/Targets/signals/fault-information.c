// SPDX-License-Identifier: Apache-2.0 WITH Swift-exception
// Faults tell their address and kind.
#include "../target.h"
#include <setjmp.h>

static sigjmp_buf back;
static volatile int signal_seen, code_seen, trap, error;
static void *volatile address;
static volatile uint64_t rip, cr2;

static void handler(int signal, siginfo_t *info, void *context) {
  greg_t *regs = ((ucontext_t *)context)->uc_mcontext.gregs;
  signal_seen = signal;
  code_seen = info->si_code;
  address = info->si_addr;
  trap = (int)regs[REG_TRAPNO];
  error = (int)regs[REG_ERR];
  cr2 = (uint64_t)regs[REG_CR2];
  rip = (uint64_t)regs[REG_RIP];
  siglongjmp(back, 1);
}

static void check(const char *what, const void *expected) {
  printf("%s: %s, code %d, trap %d, error %d, address %s\n", what, sigabbrev_np(signal_seen),
         code_seen, trap, error, address == expected ? "right" : "wrong");
}

extern char divide_at, undefined_at, store_at;

int main(void) {
  start();
  static const int signals[] = {SIGSEGV, SIGBUS, SIGILL, SIGFPE, SIGTRAP};
  for (int index = 0; index < 5; index++)
    on(signals[index], handler, SA_NODEFER);
  char *none = mmap(NULL, 4096, PROT_NONE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
  char *read_only = mmap(NULL, 4096, PROT_READ, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
  int file = open("file", O_RDWR | O_CREAT, 0644);
  ftruncate(file, 4096);
  char *mapped = mmap(NULL, 8192, PROT_READ | PROT_WRITE, MAP_SHARED, file, 0);
  char *unmapped = mmap(NULL, 4096, PROT_NONE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
  puts("mapped"); // allocates what is needed before the hole is made
  munmap(unmapped, 4096);

  if (!sigsetjmp(back, 1))
    *(volatile char *)NULL;
  check("read at 0", NULL);
  if (!sigsetjmp(back, 1))
    *(volatile char *)(unmapped + 123) = 1;
  check("write where nothing is", unmapped + 123);
  fact(cr2 == (uint64_t)unmapped + 123, "cr2 too");
  if (!sigsetjmp(back, 1))
    *(volatile char *)(read_only + 5) = 1;
  check("write to read-only", read_only + 5);
  if (!sigsetjmp(back, 1))
    *(volatile char *)none;
  check("read without access", none);
  if (!sigsetjmp(back, 1))
    *(volatile char *)(mapped + 5000) = 1;
  check("beyond the end of a file", mapped + 5000);
  if (!sigsetjmp(back, 1))
    *(volatile char *)0x4141414141414141;
  check("no address", NULL);
  if (!sigsetjmp(back, 1))
    *(volatile char *)0xffffffff81000000;
  check("address of the kernel", (void *)0xffffffff81000000);
  if (!sigsetjmp(back, 1))
    ((void (*)(void))(uintptr_t)read_only)();
  check("run data", read_only);
  fact(rip == (uint64_t)read_only, "rip there");
  if (!sigsetjmp(back, 1))
    __asm__ volatile("divide_at: divl %0" : : "r"(0), "a"(1), "d"(0));
  check("division by zero", &divide_at);
  fact(rip == (uint64_t)&divide_at, "rip at the division");
  if (!sigsetjmp(back, 1))
    __asm__ volatile("undefined_at: ud2");
  check("undefined instruction", &undefined_at);
  if (!sigsetjmp(back, 1))
    __asm__ volatile("int3\n.globl after_trap\nafter_trap:");
  extern char after_trap;
  check("breakpoint", NULL);
  fact(rip == (uint64_t)&after_trap, "rip after the breakpoint");
  if (!sigsetjmp(back, 1))
    __asm__ volatile("hlt");
  check("privileged instruction", NULL);
  if (!sigsetjmp(back, 1))
    __asm__ volatile("int $0x99");
  check("gate without permission", NULL);
  if (!sigsetjmp(back, 1)) {
    uint32_t mxcsr = 0x1f80 & ~0x200U; // division by zero not masked
    __asm__ volatile("ldmxcsr %0\n"
                     "divsd %1, %%xmm0"
                     :
                     : "m"(mxcsr), "x"(0.0)
                     : "xmm0");
  }
  uint32_t normal = 0x1f80;
  __asm__ volatile("ldmxcsr %0" : : "m"(normal));
  fact(signal_seen == SIGFPE && code_seen == FPE_FLTDIV && trap == 19, "floating division by zero");
  return finish();
}
