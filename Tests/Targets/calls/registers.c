// SPDX-License-Identifier: Apache-2.0 WITH Swift-exception
// A system call changes no register but rax, rcx (the next address) and r11 (the flags).
#include "../target.h"

struct registers {
  uint64_t rax, rbx, rcx, rdx, rsi, rdi, rbp, rsp, r8, r9, r10, r11, r12, r13, r14, r15, flags;
  uint64_t old_rsp, old_flags, next;
};
struct registers seen;

/// Fills every register, sets the flags, makes the call, stores everything in seen.
void probe(long number, uint64_t flags);

__asm__(".globl probe\n"
        "probe:\n"
        "  push %rbx; push %rbp; push %r12; push %r13; push %r14; push %r15\n"
        "  mov %rdi, %rax\n"
        "  push %rsi\n"
        "  mov $0x1111111111111111, %rbx\n"
        "  mov $0x2222222222222222, %rcx\n"
        "  mov $0x8333333333333333, %rdx\n"
        "  mov $0x8444444444444444, %rsi\n"
        "  mov $0x8555555555555555, %rdi\n"
        "  mov $0x6666666666666666, %rbp\n"
        "  mov $0x7777777777777777, %r8\n"
        "  mov $0x8888888888888888, %r9\n"
        "  mov $0x9999999999999999, %r10\n"
        "  mov $0xaaaaaaaaaaaaaaaa, %r11\n"
        "  mov $0xbbbbbbbbbbbbbbbb, %r12\n"
        "  mov $0xcccccccccccccccc, %r13\n"
        "  mov $0xdddddddddddddddd, %r14\n"
        "  mov $0xeeeeeeeeeeeeeeee, %r15\n"
        "  popfq\n"
        "  mov %rsp, seen+136(%rip)\n"
        "  pushfq\n"
        "  popq seen+144(%rip)\n"
        "  syscall\n"
        "1:\n"
        "  mov %rax, seen+0(%rip)\n"
        "  mov %rbx, seen+8(%rip)\n"
        "  mov %rcx, seen+16(%rip)\n"
        "  mov %rdx, seen+24(%rip)\n"
        "  mov %rsi, seen+32(%rip)\n"
        "  mov %rdi, seen+40(%rip)\n"
        "  mov %rbp, seen+48(%rip)\n"
        "  mov %rsp, seen+56(%rip)\n"
        "  mov %r8, seen+64(%rip)\n"
        "  mov %r9, seen+72(%rip)\n"
        "  mov %r10, seen+80(%rip)\n"
        "  mov %r11, seen+88(%rip)\n"
        "  mov %r12, seen+96(%rip)\n"
        "  mov %r13, seen+104(%rip)\n"
        "  mov %r14, seen+112(%rip)\n"
        "  mov %r15, seen+120(%rip)\n"
        "  pushfq\n"
        "  popq seen+128(%rip)\n"
        "  pushq $2\n"
        "  popfq\n"
        "  lea 1b(%rip), %rax\n"
        "  mov %rax, seen+152(%rip)\n"
        "  pop %r15; pop %r14; pop %r13; pop %r12; pop %rbp; pop %rbx\n"
        "  ret\n");

static void check(const char *what, long number, uint64_t flags, uint64_t rax) {
  probe(number, flags);
  fact(seen.rax == rax, "%s: result", what);
  bool kept = seen.rbx == 0x1111111111111111 && seen.rdx == 0x8333333333333333 &&
              seen.rsi == 0x8444444444444444 && seen.rdi == 0x8555555555555555 &&
              seen.rbp == 0x6666666666666666 && seen.r8 == 0x7777777777777777 &&
              seen.r9 == 0x8888888888888888 && seen.r10 == 0x9999999999999999 &&
              seen.r12 == 0xbbbbbbbbbbbbbbbb && seen.r13 == 0xcccccccccccccccc &&
              seen.r14 == 0xdddddddddddddddd && seen.r15 == 0xeeeeeeeeeeeeeeee;
  fact(kept, "%s: registers kept", what);
  fact(seen.rsp == seen.old_rsp, "%s: rsp kept", what);
  fact(seen.rcx == seen.next, "%s: rcx is the next address", what);
  fact(seen.flags == seen.old_flags, "%s: flags kept", what);
  fact(seen.r11 == seen.old_flags, "%s: r11 is the flags", what);
}

int main(void) {
  start();
  enum { carry = 1, parity = 4, adjust = 0x10, zero = 0x40, sign = 0x80, direction = 0x400 };
  enum { overflow = 0x800, alignment = 0x40000, identification = 0x200000 };
  uint64_t pid = (uint64_t)getpid();
  check("getpid", SYS_getpid, 0, pid);
  check("getpid with CF and ZF", SYS_getpid, carry | zero, pid);
  check("getpid with all arithmetic flags", SYS_getpid,
        carry | parity | adjust | zero | sign | overflow, pid);
  check("getpid with DF", SYS_getpid, direction, pid);
  check("getpid with AC", SYS_getpid, alignment, pid);
  check("getpid with ID", SYS_getpid, identification, pid);
  check("sched_yield", SYS_sched_yield, carry, 0);
  check("unknown number", 9999, carry | sign, (uint64_t)-ENOSYS);
  check("failing call", SYS_close, zero, (uint64_t)-EBADF);
  check("rt_sigaction", SYS_rt_sigaction, sign, (uint64_t)-EINVAL);
  check("rt_sigprocmask", SYS_rt_sigprocmask, overflow, (uint64_t)-EINVAL);
  return finish();
}
