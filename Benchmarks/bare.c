// SPDX-License-Identifier: Apache-2.0 WITH Swift-exception
// The least that catching a call can cost: arms SUD for itself, and makes each call in the handler.
// usage: bare getppid|unknown
//
// Everything that calls the kernel once armed lies in the section "bare", which SUD lets pass.

#include "calls.h"

#include <signal.h>
#include <stddef.h>
#include <sys/prctl.h>
#include <ucontext.h>

enum { SET_USER_DISPATCH = 59, DISPATCH_ON = 1 };

extern const char __start_bare[], __stop_bare[];
void bare_restorer(void);
void bare_handler(int, siginfo_t *, void *);

__asm__(".pushsection bare, \"ax\", @progbits\n"
        "bare_restorer:\n"
        "  mov $15, %eax\n"
        "  syscall\n"
        ".popsection\n");

__attribute__((section("bare"), used)) void bare_handler(int signal, siginfo_t *info, void *at) {
  (void)signal, (void)info;
  greg_t *registers = ((ucontext_t *)at)->uc_mcontext.gregs;
  register long r10 __asm__("r10") = registers[REG_R10];
  register long r8 __asm__("r8") = registers[REG_R8];
  register long r9 __asm__("r9") = registers[REG_R9];
  long result;
  __asm__ volatile("syscall"
                   : "=a"(result)
                   : "a"(registers[REG_RAX]), "D"(registers[REG_RDI]), "S"(registers[REG_RSI]),
                     "d"(registers[REG_RDX]), "r"(r10), "r"(r8), "r"(r9)
                   : "rcx", "r11", "memory");
  registers[REG_RAX] = result;
}

/// The kernel's own struct, because the C library's sigaction sets a restorer of its own.
static int install(void) {
  struct {
    void (*handler)(int, siginfo_t *, void *);
    unsigned long flags;
    void (*restorer)(void);
    unsigned long mask;
  } action = {bare_handler, SA_SIGINFO | SA_NODEFER | 0x04000000, bare_restorer, 0};
  return (int)syscall(SYS_rt_sigaction, SIGSYS, &action, 0, 8);
}

int main(int argc, char **argv) {
  if (install() || prctl(SET_USER_DISPATCH, DISPATCH_ON, __start_bare,
                         (unsigned long)(__stop_bare - __start_bare), 0))
    return perror("bare"), 1;
  time_calls(argc > 1 ? argv[1] : "getppid");
  return 0;
}
