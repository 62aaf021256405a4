// SPDX-License-Identifier: Apache-2.0 WITH Swift-exception
// A thousand calls of a site change no register, flag, vector or byte of the red zone.
#include "site.h"
#include <immintrin.h>

struct registers {
  uint64_t rax, rbx, rcx, rdx, rsi, rdi, rbp, rsp, r8, r9, r10, r11, r12, r13, r14, r15, flags;
  uint64_t old_rsp, old_flags;
} seen;

void probe(uint64_t flags);
extern char probe_behind[];
__asm__(".globl probe, probe_behind\n"
        "probe:\n"
        "  push %rbx; push %rbp; push %r12; push %r13; push %r14; push %r15\n"
        "  push %rdi\n"
        "  mov $0x1111111111111111, %rbx\n"
        "  mov $0x8333333333333333, %rdx\n"
        "  mov $0x8444444444444444, %rsi\n"
        "  mov $0x8555555555555555, %rdi\n"
        "  mov $0x6666666666666666, %rbp\n"
        "  mov $0x7777777777777777, %r8\n"
        "  mov $0x8888888888888888, %r9\n"
        "  mov $0x9999999999999999, %r10\n"
        "  mov $0xbbbbbbbbbbbbbbbb, %r12\n"
        "  mov $0xcccccccccccccccc, %r13\n"
        "  mov $0xdddddddddddddddd, %r14\n"
        "  mov $0xeeeeeeeeeeeeeeee, %r15\n"
        "  popfq\n"
        "  mov %rsp, seen+136(%rip)\n"
        "  pushfq\n"
        "  popq seen+144(%rip)\n"
        "  mov $39, %eax\n"
        "  syscall\n"
        "probe_behind:\n"
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
        "  pop %r15; pop %r14; pop %r13; pop %r12; pop %rbp; pop %rbx\n"
        "  ret\n");

// Writes the red zone, calls, and sums what differs in it.
long red_zone(void);
__asm__(".globl red_zone\n"
        "red_zone:\n"
        "  lea -128(%rsp), %rdi\n"
        "  mov $16, %ecx\n"
        "  mov $0x0123456789abcdef, %rdx\n"
        "1: mov %rdx, -8(%rdi,%rcx,8)\n"
        "  loop 1b\n"
        "  mov $39, %eax\n"
        "  syscall\n"
        "  xor %eax, %eax\n"
        "  mov $16, %ecx\n"
        "1: cmp %rdx, -8(%rdi,%rcx,8)\n"
        "  je 2f\n"
        "  inc %eax\n"
        "2: loop 1b\n"
        "  ret\n");

__attribute__((target("avx2"))) static bool vectors_kept(int round) {
  __m256i in[8], out[8];
  for (int i = 0; i < 8; i++)
    in[i] = _mm256_set1_epi32(round * 16 + i);
  __asm__ volatile("vmovdqu (%0), %%ymm0\n vmovdqu 32(%0), %%ymm1\n vmovdqu 64(%0), %%ymm6\n"
                   "vmovdqu 96(%0), %%ymm7\n vmovdqu 128(%0), %%ymm8\n vmovdqu 160(%0), %%ymm9\n"
                   "vmovdqu 192(%0), %%ymm14\n vmovdqu 224(%0), %%ymm15\n"
                   "mov $39, %%eax\n syscall\n"
                   "vmovdqu %%ymm0, (%1)\n vmovdqu %%ymm1, 32(%1)\n vmovdqu %%ymm6, 64(%1)\n"
                   "vmovdqu %%ymm7, 96(%1)\n vmovdqu %%ymm8, 128(%1)\n vmovdqu %%ymm9, 160(%1)\n"
                   "vmovdqu %%ymm14, 192(%1)\n vmovdqu %%ymm15, 224(%1)\n vzeroupper"
                   :
                   : "r"(in), "r"(out)
                   : "rax", "rcx", "r11", "memory", "xmm0", "xmm1", "xmm6", "xmm7", "xmm8", "xmm9",
                     "xmm14", "xmm15");
  return memcmp(in, out, sizeof in) == 0;
}

static void handler(int signal) {
  (void)signal;
  // Flags and vectors of the handler's own.
  __asm__ volatile("std; pxor %%xmm0, %%xmm0; pxor %%xmm15, %%xmm15; cld; cmp %%eax, %%eax" ::
                       : "xmm0", "xmm15", "cc");
}

static void check(const char *when) {
  enum { carry = 1, parity = 4, adjust = 0x10, zero = 0x40, sign = 0x80, direction = 0x400 };
  enum { overflow = 0x800, alignment = 0x40000, identification = 0x200000 };
  enum { arithmetic = carry | parity | adjust | zero | sign | overflow };
  static const uint64_t sets[] = {
      0,         carry,          parity,     adjust,
      zero,      sign,           direction,  overflow,
      alignment, identification, arithmetic, arithmetic | direction | alignment | identification,
  };
  enum { count = sizeof sets / sizeof *sets };
  uint64_t id = (uint64_t)getpid();
  int results = 0, registers = 0, addresses = 0, flags = 0, stored = 0, zones = 0, vectors = 0;
  for (int round = 0; round < 1000; round++) {
    probe(sets[round % count] | 2);
    results += seen.rax == id;
    registers += seen.rbx == 0x1111111111111111 && seen.rdx == 0x8333333333333333 &&
                 seen.rsi == 0x8444444444444444 && seen.rdi == 0x8555555555555555 &&
                 seen.rbp == 0x6666666666666666 && seen.r8 == 0x7777777777777777 &&
                 seen.r9 == 0x8888888888888888 && seen.r10 == 0x9999999999999999 &&
                 seen.r12 == 0xbbbbbbbbbbbbbbbb && seen.r13 == 0xcccccccccccccccc &&
                 seen.r14 == 0xdddddddddddddddd && seen.r15 == 0xeeeeeeeeeeeeeeee &&
                 seen.rsp == seen.old_rsp;
    addresses += seen.rcx == (uint64_t)probe_behind;
    flags += seen.flags == seen.old_flags && (seen.flags & ~0x202ull) == sets[round % count];
    stored += seen.r11 == seen.old_flags;
    zones += red_zone() == 0;
    vectors += !__builtin_cpu_supports("avx2") || vectors_kept(round);
  }
  printf("%s: results %d, registers %d, rcx %d, flags %d, r11 %d, red zones %d, vectors %d\n", when,
         results, registers, addresses, flags, stored, zones, vectors);
}

int main(void) {
  start();
  check("quiet");
  struct sigaction action = {.sa_handler = handler, .sa_flags = SA_RESTART};
  sigaction(SIGUSR1, &action, NULL);
  timer_t timer = every(SIGUSR1, 50000);
  check("with signals");
  timer_delete(timer);
  static char stack[65536];
  stack_t alternate = {stack, 0, sizeof stack};
  sigaltstack(&alternate, NULL);
  action.sa_flags |= SA_ONSTACK;
  sigaction(SIGUSR1, &action, NULL);
  timer = every(SIGUSR1, 50000);
  check("with signals on another stack");
  timer_delete(timer);
  return finish();
}
