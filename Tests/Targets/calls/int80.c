// SPDX-License-Identifier: Apache-2.0 WITH Swift-exception
// The 32-bit gate int $0x80 works from 64-bit code, with the 32-bit numbers.
#include "../target.h"

struct high {
  uint64_t r8, r9, r10, r11, r12, r13, r14, r15;
};

static long gate(long number, long b, long c, long d, struct high *high) {
  __asm__ volatile("push %%rbp\n"
                   "mov %[high], %%rbp\n"
                   "mov 0(%%rbp), %%r8\n"
                   "mov 8(%%rbp), %%r9\n"
                   "mov 16(%%rbp), %%r10\n"
                   "mov 24(%%rbp), %%r11\n"
                   "mov 32(%%rbp), %%r12\n"
                   "mov 40(%%rbp), %%r13\n"
                   "mov 48(%%rbp), %%r14\n"
                   "mov 56(%%rbp), %%r15\n"
                   "int $0x80\n"
                   "mov %%r8, 0(%%rbp)\n"
                   "mov %%r9, 8(%%rbp)\n"
                   "mov %%r10, 16(%%rbp)\n"
                   "mov %%r11, 24(%%rbp)\n"
                   "mov %%r12, 32(%%rbp)\n"
                   "mov %%r13, 40(%%rbp)\n"
                   "mov %%r14, 48(%%rbp)\n"
                   "mov %%r15, 56(%%rbp)\n"
                   "pop %%rbp\n"
                   : "+a"(number)
                   : "b"(b), "c"(c), "d"(d), [high] "S"(high)
                   : "r8", "r9", "r10", "r11", "r12", "r13", "r14", "r15", "memory", "cc");
  return number;
}

int main(void) {
  start();
  struct high high = {0x1111111111111111, 0x2222222222222222, 0x3333333333333333,
                      0x4444444444444444, 0x5555555555555555, 0x6666666666666666,
                      0x7777777777777777, 0x8888888888888888};
  struct high old = high;
  fact(gate(20, 0, 0, 0, &high) == getpid(), "getpid");
  fact(memcmp(&high, &old, sizeof old) == 0, "r8 to r15 kept");
  fact(gate(64, 0, 0, 0, &high) == getppid(), "getppid");
  char *low =
      mmap(NULL, 4096, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS | MAP_32BIT, -1, 0);
  strcpy(low, "written by the gate\n");
  fact(gate(4, 1, (long)low, (long)strlen(low), &high) == (long)strlen(low), "write");
  fact(gate(4, 1, 1, 1, &high) == -EFAULT, "write from a bad address is EFAULT");
  fact(gate(6, 12345, 0, 0, &high) == -EBADF, "close of a bad descriptor is EBADF");
  fact(gate(9999, 0, 0, 0, &high) == -ENOSYS, "unknown number is ENOSYS");
  fact(gate(-1, 0, 0, 0, &high) == -ENOSYS, "number -1 is ENOSYS");
  fact((gate(20, 0x7fffffffffffffff, -1, -1, &high)) == getpid(), "upper halves of arguments");
  int *pair = (int *)low;
  fact(gate(42, (long)pair, 0, 0, &high) == 0, "pipe");
  fact(write(pair[1], "x", 1) == 1 && gate(3, pair[0], (long)low + 64, 8, &high) == 1 &&
           low[64] == 'x',
       "read");
  return finish();
}
