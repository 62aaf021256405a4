// SPDX-License-Identifier: Apache-2.0 WITH Swift-exception
// The least that catching a call can cost: a handler of SIGSYS that makes the call itself.
//
// Everything that calls the kernel once a trap is armed lies in the section "bare", which passes.

#define _GNU_SOURCE
#include "probe.h"

#include <errno.h>
#include <signal.h>
#include <stddef.h>
#include <sys/syscall.h>
#include <ucontext.h>
#include <unistd.h>

enum { RESTORER = 0x04000000 };

void bare_restorer(void);
void bare_redirect(void);
void bare_handler(int, siginfo_t *, void *);

/// Where a redirected call goes on; parent and child both read it, and only one thread writes it.
__attribute__((visibility("hidden"))) unsigned long bare_next;

// bare_restorer: in: a signal frame at rsp; does not return.
// bare_redirect: in: a call's registers as at its site, rcx: behind the site; out: rax;
//   clobbers rcx, r11, as `syscall` does; uses no stack, for a child may have another one.
__asm__(".pushsection bare, \"ax\", @progbits\n"
        "bare_restorer:\n"
        "  mov $15, %eax\n"
        "  syscall\n"
        "bare_redirect:\n"
        "  mov %rcx, bare_next(%rip)\n"
        "  syscall\n"
        "  jmp *bare_next(%rip)\n"
        ".popsection\n");

/// Exists because a handler of SIGSYS changes the registers that it returns to.
/// A call that makes a child cannot be made in here: parent and child would share this frame.
__attribute__((section("bare"), used)) void bare_handler(int signal, siginfo_t *info, void *at) {
  (void)signal, (void)info;
  greg_t *registers = ((ucontext_t *)at)->uc_mcontext.gregs;
  long number = registers[REG_RAX];
  if (number == SYS_clone || number == SYS_clone3 || number == SYS_vfork || number == SYS_fork) {
    registers[REG_RCX] = registers[REG_RIP];
    registers[REG_RIP] = (greg_t)bare_redirect;
    return;
  }
  register long r10 __asm__("r10") = registers[REG_R10];
  register long r8 __asm__("r8") = registers[REG_R8];
  register long r9 __asm__("r9") = registers[REG_R9];
  long result;
  __asm__ volatile("syscall"
                   : "=a"(result)
                   : "a"(number), "D"(registers[REG_RDI]), "S"(registers[REG_RSI]),
                     "d"(registers[REG_RDX]), "r"(r10), "r"(r8), "r"(r9)
                   : "rcx", "r11", "memory");
  registers[REG_RAX] = result;
}

int bare_install(void) {
  // The kernel's own struct, because the C library's sigaction sets a restorer of its own.
  struct {
    void (*handler)(int, siginfo_t *, void *);
    unsigned long flags;
    void (*restorer)(void);
    unsigned long mask;
  } action = {bare_handler, SA_SIGINFO | SA_NODEFER | RESTORER, bare_restorer, 0};
  return syscall(SYS_rt_sigaction, SIGSYS, &action, 0, 8) ? errno : 0;
}
