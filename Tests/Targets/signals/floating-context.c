// SPDX-License-Identifier: Apache-2.0 WITH Swift-exception
// The context holds the vector registers of the interrupted code, and changed ones take effect.
#include "../target.h"
#include <cpuid.h>

static volatile bool saw_xmm, saw_high, magic, saw_mxcsr;

struct software {
  uint32_t magic1, extended_size;
  uint64_t features;
  uint32_t size;
};

/// Where the upper halves of ymm are in the saved state.
static unsigned high_offset(void) {
  unsigned a, b, c, d;
  return __get_cpuid_count(13, 2, &a, &b, &c, &d) ? b : 0;
}

static void handler(int signal, siginfo_t *info, void *context) {
  (void)signal, (void)info;
  ucontext_t *user = context;
  struct _libc_fpstate *state = user->uc_mcontext.fpregs;
  saw_xmm = state->_xmm[5].element[0] == 0x55555555 && state->_xmm[5].element[3] == 0x55555555;
  saw_mxcsr = (state->mxcsr & 0xffc0) == 0x5f80;
  state->_xmm[5].element[0] = 0x12345678;
  state->mxcsr = 0x3f80;
  struct software software;
  memcpy(&software, (char *)state + 464, sizeof software);
  uint32_t end_magic;
  magic = software.magic1 == 0x46505853 && software.features & 3;
  if (magic) {
    memcpy(&end_magic, (char *)state + software.size, 4);
    magic = end_magic == 0x46505845;
  }
  if (__builtin_cpu_supports("avx")) {
    uint32_t *high = (uint32_t *)((char *)state + high_offset()) + 5 * 4;
    saw_high = high[0] == 0x66666666 && high[3] == 0x66666666;
    high[1] = 0x9abcdef0;
  }
  user->uc_mcontext.gregs[REG_RIP] += 2;
}

int main(void) {
  start();
  __builtin_cpu_init();
  on(SIGILL, handler, 0);
  uint32_t in[8] __attribute__((aligned(32))), out[8] __attribute__((aligned(32)));
  for (int index = 0; index < 8; index++)
    in[index] = index < 4 ? 0x55555555 : 0x66666666;
  memset(out, 0, sizeof out);
  uint32_t mxcsr = 0x5f80, after = 0, normal = 0x1f80;
  if (__builtin_cpu_supports("avx"))
    __asm__ volatile("ldmxcsr %[mxcsr]\n"
                     "vmovdqa (%[in]), %%ymm5\n"
                     "ud2\n"
                     "vmovdqa %%ymm5, (%[out])\n"
                     "stmxcsr %[after]\n"
                     "ldmxcsr %[normal]\n"
                     "vzeroupper\n"
                     : [after] "=m"(after)
                     : [mxcsr] "m"(mxcsr), [normal] "m"(normal), [in] "r"(in), [out] "r"(out)
                     : "xmm5", "memory");
  else
    __asm__ volatile("ldmxcsr %[mxcsr]\n"
                     "movdqa (%[in]), %%xmm5\n"
                     "ud2\n"
                     "movdqa %%xmm5, (%[out])\n"
                     "stmxcsr %[after]\n"
                     "ldmxcsr %[normal]\n"
                     : [after] "=m"(after)
                     : [mxcsr] "m"(mxcsr), [normal] "m"(normal), [in] "r"(in), [out] "r"(out)
                     : "xmm5", "memory");
  fact(saw_xmm, "xmm5 in the context");
  fact(saw_mxcsr, "MXCSR in the context");
  fact(magic, "marks of the extended state");
  fact(out[0] == 0x12345678 && out[1] == 0x55555555, "changed xmm5 takes effect");
  fact(after == 0x3f80, "changed MXCSR takes effect");
  if (!__builtin_cpu_supports("avx")) {
    saw_high = true;
    out[5] = 0x9abcdef0;
  }
  fact(saw_high, "upper half of ymm5 in the context");
  fact(out[5] == 0x9abcdef0, "changed upper half takes effect");
  return finish();
}
