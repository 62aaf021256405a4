// SPDX-License-Identifier: Apache-2.0 WITH Swift-exception
// A handler sees the registers of the code it interrupted, and what it writes there takes effect.
#include "../target.h"

extern char spin_begin, spin_end;
__asm__(".globl spin_begin, spin_end\n");

static volatile int caught;
static volatile bool inside, registers, flags, segments;
static volatile uint64_t mask_word;

static void spinning(int signal, siginfo_t *info, void *context) {
  (void)signal, (void)info;
  ucontext_t *user = context;
  greg_t *regs = user->uc_mcontext.gregs;
  uint64_t rip = (uint64_t)regs[REG_RIP];
  if (rip < (uint64_t)&spin_begin || rip >= (uint64_t)&spin_end)
    return; // not there yet
  inside = true;
  registers = regs[REG_R12] == 0x1212121212121212 && regs[REG_R13] == 0x1313131313131313 &&
              regs[REG_RBX] == 0x0b0b0b0b0b0b0b0b && regs[REG_R9] == 0x0909090909090909;
  flags = regs[REG_EFL] & 0x200;
  segments = (regs[REG_CSGSFS] & 0xffff) == 0x33;
  memcpy((void *)&mask_word, &user->uc_sigmask, 8);
  regs[REG_RAX] = 1; // ends the loop
  regs[REG_R12] = 0x7777;
  caught++;
}

static void skipping(int signal, siginfo_t *info, void *context) {
  (void)info;
  greg_t *regs = ((ucontext_t *)context)->uc_mcontext.gregs;
  caught = signal;
  regs[REG_RIP] += 2;
  regs[REG_RAX] = 42;
  regs[REG_EFL] |= 1;
}

static uint64_t good = 99;
static void redirecting(int signal, siginfo_t *info, void *context) {
  (void)info;
  greg_t *regs = ((ucontext_t *)context)->uc_mcontext.gregs;
  caught = signal;
  regs[REG_RDI] = (greg_t)&good; // the load is tried again
}

int main(void) {
  start();
  on(SIGUSR1, spinning, 0);
  sigset_t set = set_of(SIGUSR2, SIGSYS, 0);
  sigprocmask(SIG_BLOCK, &set, NULL);
  timer_t timer = every(SIGUSR1, 5000000);
  uint64_t r12;
  __asm__ volatile("mov $0x1212121212121212, %%r12\n"
                   "mov $0x1313131313131313, %%r13\n"
                   "mov $0x0b0b0b0b0b0b0b0b, %%rbx\n"
                   "mov $0x0909090909090909, %%r9\n"
                   "xor %%eax, %%eax\n"
                   "spin_begin:\n"
                   "1: pause\n"
                   "test %%eax, %%eax\n"
                   "je 1b\n"
                   "spin_end:\n"
                   "mov %%r12, %0\n"
                   : "=r"(r12)
                   :
                   : "rax", "rbx", "r9", "r12", "r13", "cc");
  timer_delete(timer);
  fact(inside, "rip in the loop");
  fact(registers, "registers");
  fact(flags, "flags");
  fact(segments, "code segment");
  fact(mask_word == (1UL << (SIGUSR2 - 1) | 1UL << (SIGSYS - 1)), "mask");
  fact(r12 == 0x7777, "written register");

  on(SIGILL, skipping, 0);
  long rax = 0;
  uint8_t carry = 0;
  __asm__ volatile("clc\nud2\nsetc %1" : "+a"(rax), "=r"(carry) : : "cc");
  fact(caught == SIGILL && rax == 42 && carry == 1, "skipped instruction, written rax and flags");
  on(SIGSEGV, redirecting, 0);
  uint64_t loaded;
  __asm__ volatile("mov (%%rdi), %0" : "=r"(loaded) : "D"(16) : "memory");
  fact(caught == SIGSEGV && loaded == 99, "repeated load");
  return finish();
}
