// SPDX-License-Identifier: Apache-2.0 WITH Swift-exception
// A system call keeps the x87 control word and stack, MXCSR and xmm0 to xmm15.
#include "../target.h"

static uint8_t before[16][16] __attribute__((aligned(16)));
static uint8_t after[16][16] __attribute__((aligned(16)));

static void check(const char *what, long number, long a, long b) {
  uint16_t control = 0x0e3f, new_control = 0, status = 0; // single precision, toward zero
  uint32_t mxcsr = 0x7fbf, new_mxcsr = 0;                 // toward zero, all masked, with stickies
  double top = 0, second = 0;
  for (int index = 0; index < 16; index++)
    memset(before[index], 0x10 + index, 16);
  memset(after, 0, sizeof after);
  __asm__ volatile(
      "fninit\n"
      "fldcw %[control]\n"
      "ldmxcsr %[mxcsr]\n"
      "fld1\n"
      "fldl2t\n"
      "movaps 0x00(%[before]), %%xmm0\n"
      "movaps 0x10(%[before]), %%xmm1\n"
      "movaps 0x20(%[before]), %%xmm2\n"
      "movaps 0x30(%[before]), %%xmm3\n"
      "movaps 0x40(%[before]), %%xmm4\n"
      "movaps 0x50(%[before]), %%xmm5\n"
      "movaps 0x60(%[before]), %%xmm6\n"
      "movaps 0x70(%[before]), %%xmm7\n"
      "movaps 0x80(%[before]), %%xmm8\n"
      "movaps 0x90(%[before]), %%xmm9\n"
      "movaps 0xa0(%[before]), %%xmm10\n"
      "movaps 0xb0(%[before]), %%xmm11\n"
      "movaps 0xc0(%[before]), %%xmm12\n"
      "movaps 0xd0(%[before]), %%xmm13\n"
      "movaps 0xe0(%[before]), %%xmm14\n"
      "movaps 0xf0(%[before]), %%xmm15\n"
      "syscall\n"
      "movaps %%xmm0, 0x00(%[after])\n"
      "movaps %%xmm1, 0x10(%[after])\n"
      "movaps %%xmm2, 0x20(%[after])\n"
      "movaps %%xmm3, 0x30(%[after])\n"
      "movaps %%xmm4, 0x40(%[after])\n"
      "movaps %%xmm5, 0x50(%[after])\n"
      "movaps %%xmm6, 0x60(%[after])\n"
      "movaps %%xmm7, 0x70(%[after])\n"
      "movaps %%xmm8, 0x80(%[after])\n"
      "movaps %%xmm9, 0x90(%[after])\n"
      "movaps %%xmm10, 0xa0(%[after])\n"
      "movaps %%xmm11, 0xb0(%[after])\n"
      "movaps %%xmm12, 0xc0(%[after])\n"
      "movaps %%xmm13, 0xd0(%[after])\n"
      "movaps %%xmm14, 0xe0(%[after])\n"
      "movaps %%xmm15, 0xf0(%[after])\n"
      "stmxcsr %[new_mxcsr]\n"
      "fnstcw %[new_control]\n"
      "fnstsw %[status]\n"
      "fstpl %[top]\n"
      "fstpl %[second]\n"
      "fninit\n"
      : "+a"(number), [new_mxcsr] "=m"(new_mxcsr), [new_control] "=m"(new_control),
        [status] "=m"(status), [top] "=m"(top), [second] "=m"(second)
      : "D"(a), "S"(b),
        "d"(0), [before] "r"(before), [after] "r"(after), [control] "m"(control), [mxcsr] "m"(mxcsr)
      : "rcx", "r11", "memory", "xmm0", "xmm1", "xmm2", "xmm3", "xmm4", "xmm5", "xmm6", "xmm7",
        "xmm8", "xmm9", "xmm10", "xmm11", "xmm12", "xmm13", "xmm14", "xmm15");
  uint32_t normal = 0x1f80;
  __asm__ volatile("ldmxcsr %0" : : "m"(normal));
  fact(memcmp(before, after, sizeof before) == 0, "%s: xmm kept", what);
  fact(new_mxcsr == mxcsr, "%s: MXCSR kept", what);
  fact((new_control & 0xf3f) == (control & 0xf3f), "%s: x87 control word kept", what);
  fact((status >> 11 & 7) == 6, "%s: x87 stack depth kept", what);
  fact(second == 1.0 && top > 3.3219 && top < 3.322, "%s: x87 values kept", what);
}

int main(void) {
  start();
  struct timespec time = {0, 1000};
  check("getpid", SYS_getpid, 0, 0);
  check("unknown number", 9999, 0, 0);
  check("nanosleep", SYS_nanosleep, (long)&time, 0);
  check("rt_sigaction", SYS_rt_sigaction, SIGUSR1, 0);
  check("sigaltstack", SYS_sigaltstack, 0, 0);
  return finish();
}
