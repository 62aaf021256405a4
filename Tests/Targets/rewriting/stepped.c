// SPDX-License-Identifier: Apache-2.0 WITH Swift-exception
// A program that steps by the trap flag over a site that was called often sees the same addresses.
#include "site.h"

SHORT_SITE(pid, 39)
LONG_SITE(parent, 110)

static char *base;
static int offsets[64], results[64];
static volatile int steps;

static void handler(int signal, siginfo_t *info, void *context) {
  (void)signal;
  greg_t *registers = ((ucontext_t *)context)->uc_mcontext.gregs;
  if (steps < 64) {
    long offset = (char *)registers[REG_RIP] - base;
    offsets[steps] = offset >= 0 && offset < 16 ? (int)offset : -1;
    results[steps] = registers[REG_RAX] == getpid()                        ? 1
                     : registers[REG_RAX] == getppid()                     ? 2
                     : (char *)info->si_addr == (char *)registers[REG_RIP] ? 3
                                                                           : 4;
  }
  steps++;
}

/// Calls a function with the trap flag set.
long step(site_function *site);
__asm__(".globl step\n"
        "step: push %rbx\n"
        "  mov %rdi, %rax\n"
        "  xor %edi, %edi\n"
        "  xor %ecx, %ecx\n"
        "  pushfq\n"
        "  orq $0x100, (%rsp)\n"
        "  popfq\n"
        "  call *%rax\n"
        "  pushfq\n"
        "  andq $~0x100, (%rsp)\n"
        "  popfq\n"
        "  pop %rbx\n"
        "  ret\n");

static void show(const char *what, site_function *site, long expected) {
  base = (char *)site;
  steps = 0;
  long value = step(site);
  printf("%s: %s, steps %d:", what, value == expected ? "right" : "wrong", steps);
  for (int index = 0; index < steps && index < 64; index++)
    if (offsets[index] >= 0)
      printf(" %d(%d)", offsets[index], results[index]);
  puts("");
}

int main(void) {
  start();
  on(SIGTRAP, handler, 0);
  long id = getpid(), parent_id = getppid();
  show("cold", pid, id);
  show("cold, long", parent, parent_id);
  fact(all_give(pid, 20, id) && all_give(parent, 20, parent_id), "called often");
  for (int round = 0; round < 3; round++) {
    show("hot", pid, id);
    show("hot, long", parent, parent_id);
  }
  static char stack[65536];
  stack_t alternate = {stack, 0, sizeof stack};
  sigaltstack(&alternate, NULL);
  on(SIGTRAP, handler, SA_ONSTACK);
  show("hot, another stack", pid, id);
  return finish();
}
