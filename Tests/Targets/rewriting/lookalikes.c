// SPDX-License-Identifier: Apache-2.0 WITH Swift-exception
// Bytes that look like a move of the number before a call, and are part of another instruction.
#include "site.h"

static uint8_t area[256] __attribute__((aligned(64)));
static long got, value;

// Each has the number in rax (39) and in the last four bytes before the call. It is given an
// address in rdi, and returns in rax what the instruction under test left behind.
#define CASE(name, setup, instruction, after)                                                      \
  long name(void *);                                                                               \
  __asm__(".pushsection .text\n.globl " #name "\n" #name ":\n  push %rbx\n  mov %rdi, %rbx\n"      \
          "  xor %r8d, %r8d\n  xor %esi, %esi\n  mov $39, %edx\n  lea -39(%rdx), %edi\n" setup     \
          "\n  mov %edx, %eax\n  " instruction "\n  syscall\n  mov %rax, got(%rip)\n  " after      \
          "\n  pop %rbx\n  ret\n.popsection\n");
CASE(to_r8, "", "mov $39, %r8d", "mov %r8, %rax")
CASE(to_memory, "add $0x48, %rbx", "movl $39, -0x48(%rbx)", "movslq -0x48(%rbx), %rax")
CASE(to_indexed_memory, "", ".byte 0xc7, 0x44, 0x23, 0xb8, 39, 0, 0, 0 # movl $39,-0x48(%rbx)",
     "movslq -0x48(%rbx), %rax")
CASE(by_lea, "", ".byte 0x8d, 0xb8, 39, 0, 0, 0 # lea 39(%rax),%edi", "mov %edi, %eax")
CASE(by_indexed_lea, "", ".byte 0x8d, 0xb4, 0xb8, 39, 0, 0, 0 # lea 39(%rax,%rdi,4),%esi",
     "mov %esi, %eax")
CASE(store_at_r8, "lea -39(%rbx), %r8; mov $1234, %edi",
     ".byte 0x41, 0x89, 0xb8, 39, 0, 0, 0 # mov %edi,39(%r8)", "movslq (%rbx), %rax")
CASE(constant, "", "movabs $0x27b8aabbcc, %rsi", "mov %rsi, %rax")
CASE(sum, "mov $1, %esi", ".byte 0x81, 0x6b, 0xb8, 39, 0, 0, 0 # subl $39,-0x48(%rbx)",
     "movslq -0x48(%rbx), %rax")
// A byte is stored 0x27b8 behind an address.
CASE(far_byte, "sub $0x27b8, %rbx", ".byte 0xc6, 0x83, 0xb8, 0x27, 0, 0, 0 # movb $0,0x27b8(%rbx)",
     "movslq 0x27b8(%rbx), %rax")
CASE(far_half, "sub $0x27b811, %rbx",
     ".byte 0x66, 0xc7, 0x83, 0x11, 0xb8, 0x27, 0, 0, 0 # movw $0,0x27b811(%rbx)",
     "movslq 0x27b811(%rbx), %rax")
CASE(with_base, "mov $0x48000000, %ecx; add %rcx, %rbx",
     ".byte 0xc7, 0x83, 0, 0, 0, 0xb8, 39, 0, 0, 0 # movl $39,-0x48000000(%rbx)",
     "movslq -0x48000000(%rbx), %rax")
CASE(wide_nop, "mov $77, %esi", ".byte 0x0f, 0x1f, 0xb8, 39, 0, 0, 0 # nop", "mov %rsi, %rax")

static void often(const char *what, long (*function)(void *), int offset, int start,
                  long expected) {
  int wrong = 0, ids = 0;
  for (int round = 0; round < 10; round++) {
    memset(area, 0x55, sizeof area);
    memcpy(area + 128 + offset, &start, sizeof start);
    got = 0;
    value = function(area + 128);
    wrong += value != expected;
    ids += got == getpid();
  }
  printf("%s: %d wrong, %d identities\n", what, wrong, ids);
}

int main(void) {
  start();
  often("r8", to_r8, 0, 0, 39);
  often("a store", to_memory, 0, 0, 39);
  often("a store with an index byte", to_indexed_memory, -0x48, 0, 39);
  often("lea", by_lea, 0, 0, 78);
  often("lea with an index", by_indexed_lea, 0, 0, 78);
  often("a store by r8", store_at_r8, 0, 0, 1234);
  often("a wide constant", constant, 0, 0, 0x27b8aabbcc);
  often("a subtraction", sum, -0x48, 100, 61);
  often("a byte far away", far_byte, 0, 0x01010101, 0x01010100);
  often("two bytes far away", far_half, 0, 0x01010101, 0x01010000);
  often("a large distance", with_base, 0, 0, 39);
  often("a long nop", wide_nop, 0, 0, 77);
  return finish();
}
