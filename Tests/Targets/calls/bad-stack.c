// SPDX-License-Identifier: Apache-2.0 WITH Swift-exception
// A system call works while the stack pointer holds nonsense.
#include "../target.h"

static long on_stack(uint64_t rsp, long number, long a, long b, long c) {
  __asm__ volatile("mov %%rsp, %%rbx\n"
                   "mov %[rsp], %%rsp\n"
                   "syscall\n"
                   "cmp %[rsp], %%rsp\n"
                   "mov %%rbx, %%rsp\n"
                   "je 1f\n"
                   "mov $-1, %%rax\n"
                   "1:\n"
                   : "+a"(number)
                   : [rsp] "r"(rsp), "D"(a), "S"(b), "d"(c)
                   : "rbx", "rcx", "r11", "memory", "cc");
  return number;
}

int main(void) {
  start();
  static const uint64_t stacks[] = {0x10,
                                    0,
                                    1,
                                    0x4141414141414141,
                                    0x00007ffffffff000,
                                    0x0000800000000000,
                                    0xffffffff81000000,
                                    0xffffffffffffffff};
  for (size_t index = 0; index < sizeof stacks / sizeof *stacks; index++) {
    uint64_t rsp = stacks[index];
    fact(on_stack(rsp, SYS_getpid, 0, 0, 0) == getpid(), "getpid with rsp %#lx", rsp);
    fact(on_stack(rsp, 9999, 0, 0, 0) == -ENOSYS, "unknown number with rsp %#lx", rsp);
  }
  static const char text[] = "written without a stack\n";
  fact(on_stack(0x10, SYS_write, 1, (long)text, sizeof text - 1) == sizeof text - 1,
       "write gives the length");
  sigset_t set = set_of(SIGUSR1, 0);
  fact(on_stack(0, SYS_rt_sigprocmask, SIG_BLOCK, (long)&set, 0) == -EINVAL,
       "rt_sigprocmask without a size");
  // What a stack of a page that cannot be written changes: nothing.
  void *page = mmap(NULL, 4096, PROT_READ, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
  fact(on_stack((uint64_t)page + 4096, SYS_getpid, 0, 0, 0) == getpid(), "read-only stack");
  return finish();
}
