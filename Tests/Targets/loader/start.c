// SPDX-License-Identifier: Apache-2.0 WITH Swift-exception
// What a program without libc finds in its registers and on its stack at the very start.
// flags: -static -nostdlib -no-pie -fno-pie -ffreestanding -fno-stack-protector
// args: one two three
#include "bare.h"

uint64_t registers[16], flags_at_start, selectors[4];
uint8_t vectors[16][16] __attribute__((aligned(16)));
uint32_t mxcsr;
uint16_t control;

__asm__(".globl _start\n"
        "_start:\n"
        "  mov %rax, registers+0\n"
        "  mov %rbx, registers+8\n"
        "  mov %rcx, registers+16\n"
        "  mov %rdx, registers+24\n"
        "  mov %rsi, registers+32\n"
        "  mov %rdi, registers+40\n"
        "  mov %rbp, registers+48\n"
        "  mov %rsp, registers+56\n"
        "  mov %r8, registers+64\n"
        "  mov %r9, registers+72\n"
        "  mov %r10, registers+80\n"
        "  mov %r11, registers+88\n"
        "  mov %r12, registers+96\n"
        "  mov %r13, registers+104\n"
        "  mov %r14, registers+112\n"
        "  mov %r15, registers+120\n"
        "  movaps %xmm0, vectors+0\n"
        "  movaps %xmm1, vectors+16\n"
        "  movaps %xmm2, vectors+32\n"
        "  movaps %xmm3, vectors+48\n"
        "  movaps %xmm4, vectors+64\n"
        "  movaps %xmm5, vectors+80\n"
        "  movaps %xmm6, vectors+96\n"
        "  movaps %xmm7, vectors+112\n"
        "  movaps %xmm8, vectors+128\n"
        "  movaps %xmm9, vectors+144\n"
        "  movaps %xmm10, vectors+160\n"
        "  movaps %xmm11, vectors+176\n"
        "  movaps %xmm12, vectors+192\n"
        "  movaps %xmm13, vectors+208\n"
        "  movaps %xmm14, vectors+224\n"
        "  movaps %xmm15, vectors+240\n"
        "  stmxcsr mxcsr\n"
        "  fnstcw control\n"
        "  mov %ds, selectors+0\n"
        "  mov %es, selectors+8\n"
        "  mov %fs, selectors+16\n"
        "  mov %gs, selectors+24\n"
        "  mov %rsp, %rdi\n"
        "  pushfq\n"
        "  popq flags_at_start\n"
        "  call begin\n");

extern char _start[];

static uint64_t value(const uint64_t *auxv, uint64_t type) {
  for (; auxv[0] != 0; auxv += 2)
    if (auxv[0] == type)
      return auxv[1];
  return 0;
}

void begin(uint64_t *stack) {
  static const char *const register_names[] = {"rax", "rbx", "rcx", "rdx", "rsi", "rdi",
                                               "rbp", 0,     "r8",  "r9",  "r10", "r11",
                                               "r12", "r13", "r14", "r15"};
  fact((uint64_t)stack % 16 == 0, "rsp aligned to 16");
  for (int index = 0; index < 16; index++) {
    if (!register_names[index])
      continue;
    put(register_names[index]);
    fact(registers[index] == 0, " is 0");
  }
  fact(flags_at_start == 0x202, "flags are 0x202");
  bool zero = true;
  for (int index = 0; index < 16; index++)
    for (int byte = 0; byte < 16; byte++)
      zero &= vectors[index][byte] == 0;
  fact(zero, "xmm registers are 0");
  fact(mxcsr == 0x1f80, "MXCSR is 0x1f80");
  fact(control == 0x37f, "x87 control word is 0x37f");
  fact((selectors[0] | selectors[1] | selectors[2] | selectors[3]) == 0, "ds, es, fs, gs are 0");
  uint64_t fs = 1, gs = 1;
  call(158, 0x1003, (long)&fs, 0); // ARCH_GET_FS
  call(158, 0x1004, (long)&gs, 0);
  fact(fs == 0 && gs == 0, "fs base and gs base are 0");

  // argc, argv, NULL, envp, NULL, auxv, then what AT_RANDOM and AT_PLATFORM show, then the strings.
  uint64_t argc = stack[0];
  char **argv = (char **)stack + 1;
  char **envp = argv + argc + 1;
  fact(argc == 4, "argc is 4");
  fact(argv[argc] == NULL, "argv ends with NULL");
  char **end = envp;
  while (*end)
    end++;
  uint64_t *auxv = (uint64_t *)(end + 1);
  bool contiguous = true;
  char *next = argv[0];
  for (char **string = argv; *string; string++) {
    contiguous &= *string == next;
    next += length_of(next) + 1;
  }
  fact(contiguous, "argument strings follow each other");
  contiguous = true;
  for (char **string = envp; *string; string++) {
    contiguous &= *string == next;
    next += length_of(next) + 1;
  }
  fact(contiguous, "environment strings follow them");
  fact((char *)value(auxv, 31) == next, "AT_EXECFN follows them");
  next += length_of(next) + 1;
  fact((uint64_t)next % 4096 == 4096 - 8, "eight bytes are left to the end of a page");
  uint64_t *auxv_end = auxv;
  while (*auxv_end)
    auxv_end += 2;
  fact(value(auxv, 25) > (uint64_t)auxv_end && value(auxv, 25) + 16 <= (uint64_t)argv[0],
       "AT_RANDOM between auxv and the strings");
  fact(value(auxv, 15) > (uint64_t)auxv_end && value(auxv, 15) < (uint64_t)argv[0],
       "AT_PLATFORM between auxv and the strings");
  fact(value(auxv, 9) == (uint64_t)_start, "AT_ENTRY");
  put(argv[1]);
  put(" ");
  put(argv[2]);
  put(" ");
  put(argv[3]);
  put("\n");
  leave(7);
}
