// SPDX-License-Identifier: Apache-2.0 WITH Swift-exception
// How a handler is entered: registers, flags, stack alignment, and the layout of its frame.
#include "../target.h"

struct entry {
  uint64_t rax, rdi, rsi, rdx, rsp, flags, restorer;
};
struct entry entry;
void entered(int, siginfo_t *, void *);
void inspect(int, siginfo_t *, void *);

__asm__(".globl entered\n"
        "entered:\n"
        "  mov %rax, entry+0(%rip)\n"
        "  mov %rdi, entry+8(%rip)\n"
        "  mov %rsi, entry+16(%rip)\n"
        "  mov %rdx, entry+24(%rip)\n"
        "  mov %rsp, entry+32(%rip)\n"
        "  pushfq\n"
        "  popq entry+40(%rip)\n"
        "  mov (%rsp), %rax\n"
        "  mov %rax, entry+48(%rip)\n"
        "  jmp inspect\n");

static uint64_t interrupted_rsp, interrupted_flags, context_at, information_at, state_at;
static uint64_t context_flags, context_link, expected_restorer;
static bool zone_kept;

void inspect(int signal, siginfo_t *info, void *context) {
  (void)signal;
  ucontext_t *user = context;
  interrupted_rsp = (uint64_t)user->uc_mcontext.gregs[REG_RSP];
  interrupted_flags = (uint64_t)user->uc_mcontext.gregs[REG_EFL];
  context_at = (uint64_t)context;
  information_at = (uint64_t)info;
  state_at = (uint64_t)user->uc_mcontext.fpregs;
  context_flags = user->uc_flags;
  context_link = (uint64_t)user->uc_link;
}

/// Sends USR1 to this thread with the direction flag set and the red zone in use.
static void send(void) {
  uint64_t words[16];
  __asm__ volatile("sub $128, %%rsp\n"
                   "mov $16, %%rcx\n"
                   "1: mov %%rcx, %%r9\n"
                   "neg %%r9\n"
                   "lea 0x5a5a5a5a(%%rcx), %%r8\n"
                   "mov %%r8, (%%rsp,%%r9,8)\n"
                   "loop 1b\n"
                   "std\n"
                   "syscall\n"
                   "cld\n"
                   "mov $16, %%rcx\n"
                   "2: mov %%rcx, %%r9\n"
                   "neg %%r9\n"
                   "mov (%%rsp,%%r9,8), %%r8\n"
                   "mov %%r8, -8(%%rbx,%%rcx,8)\n"
                   "loop 2b\n"
                   "add $128, %%rsp\n"
                   :
                   : "b"(words), "a"(SYS_tkill), "D"(gettid()), "S"(SIGUSR1)
                   : "rcx", "r8", "r9", "r11", "memory", "cc");
  zone_kept = true;
  for (uint64_t index = 1; index <= 16; index++)
    zone_kept &= words[index - 1] == 0x5a5a5a5a + index;
}

static void check(const char *what, bool on_stack) {
  enum { direction = 0x400, trap = 0x100 };
  send();
  fact(entry.rax == 0, "%s: rax is 0", what);
  fact(entry.rdi == SIGUSR1 && entry.rsi == information_at && entry.rdx == context_at,
       "%s: arguments", what);
  fact((entry.rsp + 8) % 16 == 0, "%s: stack aligned as after a call", what);
  fact((entry.flags & (direction | trap)) == 0, "%s: flags clear", what);
  fact(interrupted_flags & direction, "%s: interrupted flags in the context", what);
  fact(entry.restorer == expected_restorer, "%s: returns to the restorer", what);
  // The frame: return address, context, information, floating-point state.
  fact(context_at == entry.rsp + 8, "%s: context above the return address", what);
  fact(information_at == context_at + 304, "%s: information above the context", what);
  fact(state_at % 64 == 0 && state_at > information_at, "%s: state aligned above both", what);
  printf("%s: context flags %#lx, link %lu\n", what, context_flags, context_link);
  fact(zone_kept, "%s: red zone kept", what);
  if (!on_stack)
    fact(entry.rsp < interrupted_rsp - 128 && interrupted_rsp - entry.rsp < 65536,
         "%s: frame below the red zone", what);
}

int main(void) {
  start();
  static char stack[65536];
  stack_t alternate = {stack, 0, sizeof stack};
  sigaltstack(&alternate, NULL);
  on(SIGUSR1, entered, 0);
  struct {
    void *handler;
    uint64_t flags;
    void *restorer;
    uint64_t mask;
  } action;
  raw(SYS_rt_sigaction, SIGUSR1, 0, (long)&action, 8, 0, 0);
  expected_restorer = (uint64_t)action.restorer;
  check("usual stack", false);
  on(SIGUSR1, entered, SA_ONSTACK);
  check("alternate stack", true);
  fact(entry.rsp > (uint64_t)stack && state_at < (uint64_t)stack + sizeof stack,
       "frame within the alternate stack");
  fact((uint64_t)stack + sizeof stack - state_at < 16384, "frame at its top");
  return finish();
}
