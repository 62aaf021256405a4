// SPDX-License-Identifier: Apache-2.0 WITH Swift-exception
// A system call keeps ymm, zmm and mask registers, where the processor has them.
#include "../target.h"

static uint8_t before[32][64] __attribute__((aligned(64)));
static uint8_t after[32][64] __attribute__((aligned(64)));
static uint64_t masks[8], new_masks[8];

#define EACH16(X)                                                                                  \
  X(0) X(1) X(2) X(3) X(4) X(5) X(6) X(7) X(8) X(9) X(10) X(11) X(12) X(13) X(14) X(15)
#define UPPER16(X)                                                                                 \
  X(16)                                                                                            \
  X(17) X(18) X(19) X(20) X(21) X(22) X(23) X(24) X(25) X(26) X(27) X(28) X(29) X(30) X(31)
#define EACH8(X) X(0) X(1) X(2) X(3) X(4) X(5) X(6) X(7)
#define LOAD_YMM(N) "vmovdqa 64*" #N "(%[before]), %%ymm" #N "\n"
#define STORE_YMM(N) "vmovdqa %%ymm" #N ", 64*" #N "(%[after])\n"
#define LOAD_ZMM(N) "vmovdqa64 64*" #N "(%[before]), %%zmm" #N "\n"
#define STORE_ZMM(N) "vmovdqa64 %%zmm" #N ", 64*" #N "(%[after])\n"
#define LOAD_K(N) "kmovq 8*" #N "(%[masks]), %%k" #N "\n"
#define STORE_K(N) "kmovq %%k" #N ", 8*" #N "(%[new_masks])\n"

static void avx(long number, long a) {
  __asm__ volatile(EACH16(LOAD_YMM) "syscall\n" EACH16(STORE_YMM) "vzeroupper\n"
                   : "+a"(number)
                   : "D"(a), "S"(0), "d"(0), [before] "r"(before), [after] "r"(after)
                   : "rcx", "r11", "memory", "xmm0", "xmm1", "xmm2", "xmm3", "xmm4", "xmm5", "xmm6",
                     "xmm7", "xmm8", "xmm9", "xmm10", "xmm11", "xmm12", "xmm13", "xmm14", "xmm15");
}

__attribute__((target("avx512f,avx512bw"))) static void avx512(long number, long a) {
  __asm__ volatile(EACH16(LOAD_ZMM) UPPER16(LOAD_ZMM) EACH8(LOAD_K) "syscall\n" EACH16(STORE_ZMM)
                       UPPER16(STORE_ZMM) EACH8(STORE_K) "vzeroupper\n"
                   : "+a"(number)
                   : "D"(a), "S"(0), "d"(0), [before] "r"(before), [after] "r"(after),
                     [masks] "r"(masks), [new_masks] "r"(new_masks)
                   : "rcx", "r11", "memory", "xmm0", "xmm1", "xmm2", "xmm3", "xmm4", "xmm5", "xmm6",
                     "xmm7", "xmm8", "xmm9", "xmm10", "xmm11", "xmm12", "xmm13", "xmm14", "xmm15",
                     "xmm16", "xmm17", "xmm18", "xmm19", "xmm20", "xmm21", "xmm22", "xmm23",
                     "xmm24", "xmm25", "xmm26", "xmm27", "xmm28", "xmm29", "xmm30", "xmm31", "k1",
                     "k2", "k3", "k4", "k5", "k6", "k7");
}

static void check(const char *what, long number, long a) {
  bool kept = true, masks_kept = true;
  __builtin_cpu_init();
  if (__builtin_cpu_supports("avx")) {
    memset(after, 0, sizeof after);
    avx(number, a);
    for (int index = 0; index < 16; index++)
      kept &= memcmp(before[index], after[index], 32) == 0;
  }
  fact(kept, "%s: ymm0 to ymm15 kept", what);
  kept = true;
  if (__builtin_cpu_supports("avx512f") && __builtin_cpu_supports("avx512bw")) {
    memset(after, 0, sizeof after);
    memset(new_masks, 0, sizeof new_masks);
    avx512(number, a);
    kept = memcmp(before, after, sizeof before) == 0;
    masks_kept = memcmp(masks, new_masks, sizeof masks) == 0;
  }
  fact(kept, "%s: zmm0 to zmm31 kept", what);
  fact(masks_kept, "%s: k0 to k7 kept", what);
}

int main(void) {
  start();
  for (int index = 0; index < 32; index++)
    for (int byte = 0; byte < 64; byte++)
      before[index][byte] = (uint8_t)(index * 7 + byte * 3 + 1);
  for (uint64_t index = 0; index < 8; index++)
    masks[index] = 0x0123456789abcdef * (index + 1);
  struct timespec time = {0, 1000};
  check("getpid", SYS_getpid, 0);
  check("unknown number", 9999, 0);
  check("nanosleep", SYS_nanosleep, (long)&time);
  check("rt_sigaction", SYS_rt_sigaction, SIGUSR1);
  return finish();
}
