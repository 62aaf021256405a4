// SPDX-License-Identifier: Apache-2.0 WITH Swift-exception
// A handler starts with a clean floating-point state, and the interrupted code gets its own back.
#include "../target.h"

static volatile uint32_t mxcsr_inside;
static volatile uint16_t control_inside, status_inside;

static void handler(int signal, siginfo_t *info, void *context) {
  (void)signal, (void)info, (void)context;
  uint32_t mxcsr;
  uint16_t control, status;
  __asm__ volatile("stmxcsr %0\nfnstcw %1\nfnstsw %2" : "=m"(mxcsr), "=m"(control), "=m"(status));
  mxcsr_inside = mxcsr;
  control_inside = control;
  status_inside = status;
  // The handler's own use does not show outside.
  uint32_t other = 0x5f80;
  __asm__ volatile("fninit\nfldz\nfldz\nldmxcsr %0\npxor %%xmm6, %%xmm6\npxor %%xmm15, %%xmm15"
                   :
                   : "m"(other)
                   : "xmm6", "xmm15", "st", "st(1)");
}

static void check(const char *what, long a, long b, long c, long number) {
  uint64_t in = 0x0123456789abcdef, out6 = 0, out15 = 0;
  uint16_t control = 0x0e3f, new_control, status;
  uint32_t mxcsr = 0x7f80, new_mxcsr, normal = 0x1f80;
  double top;
  __asm__ volatile(
      "fninit\n"
      "fldcw %[control]\n"
      "ldmxcsr %[mxcsr]\n"
      "fldpi\n"
      "movq %[in], %%xmm6\n"
      "movq %[in], %%xmm15\n"
      "syscall\n"
      "movq %%xmm6, %[out6]\n"
      "movq %%xmm15, %[out15]\n"
      "fnstcw %[new_control]\n"
      "fnstsw %[status]\n"
      "stmxcsr %[new_mxcsr]\n"
      "fstpl %[top]\n"
      "fninit\n"
      "ldmxcsr %[normal]\n"
      : "+a"(number), [out6] "=m"(out6), [out15] "=m"(out15), [new_control] "=m"(new_control),
        [status] "=m"(status), [new_mxcsr] "=m"(new_mxcsr), [top] "=m"(top)
      : "D"(a), "S"(b),
        "d"(c), [control] "m"(control), [mxcsr] "m"(mxcsr), [normal] "m"(normal), [in] "m"(in)
      : "rcx", "r11", "memory", "xmm6", "xmm15");
  fact(mxcsr_inside == 0x1f80, "%s: MXCSR default inside", what);
  fact(control_inside == 0x37f, "%s: control word default inside", what);
  fact((status_inside >> 11 & 7) == 0, "%s: x87 stack empty inside", what);
  fact(out6 == in && out15 == in, "%s: xmm restored", what);
  fact(new_mxcsr == 0x7f80, "%s: MXCSR restored", what);
  fact((new_control & 0xf3f) == 0xe3f && (status >> 11 & 7) == 7, "%s: x87 restored", what);
  fact(top > 3.1415 && top < 3.1416, "%s: value restored", what);
}

int main(void) {
  start();
  on(SIGUSR1, handler, 0);
  check("kill", getpid(), SIGUSR1, 0, SYS_kill);
  check("tgkill", getpid(), gettid(), SIGUSR1, SYS_tgkill);
  check("tkill", gettid(), SIGUSR1, 0, SYS_tkill);
  return finish();
}
