// SPDX-License-Identifier: Apache-2.0 WITH Swift-exception
// A system call leaves the 128 bytes below the stack pointer alone.
#include "../target.h"

/// Fills the red zone, makes the call, and gives how many of its 16 words changed.
static long changed(long number, long a, long b, long c, long d) {
  uint64_t words[16];
  register long r10 __asm__("r10") = d;
  // The compiler's own use of the red zone is stepped over first.
  __asm__ volatile("sub $128, %%rsp\n"
                   "mov $16, %%rcx\n"
                   "1: mov %%rcx, %%r9\n"
                   "neg %%r9\n"
                   "lea 0x5a5a5a5a(%%rcx), %%r8\n"
                   "mov %%r8, (%%rsp,%%r9,8)\n"
                   "loop 1b\n"
                   "syscall\n"
                   "mov $16, %%rcx\n"
                   "2: mov %%rcx, %%r9\n"
                   "neg %%r9\n"
                   "mov (%%rsp,%%r9,8), %%r8\n"
                   "mov %%r8, -8(%%rbx,%%rcx,8)\n"
                   "loop 2b\n"
                   "add $128, %%rsp\n"
                   : "+a"(number)
                   : "b"(words), "D"(a), "S"(b), "d"(c), "r"(r10)
                   : "rcx", "r8", "r9", "r11", "memory", "cc");
  long count = 0;
  for (uint64_t index = 1; index <= 16; index++)
    count += words[index - 1] != 0x5a5a5a5a + index;
  return count;
}

int main(void) {
  start();
  struct timespec time = {0, 1000};
  struct sigaction action;
  sigset_t set;
  sigemptyset(&set);
  fact(changed(SYS_getpid, 0, 0, 0, 0) == 0, "getpid keeps the red zone");
  fact(changed(9999, 0, 0, 0, 0) == 0, "an unknown call keeps it");
  fact(changed(SYS_nanosleep, (long)&time, 0, 0, 0) == 0, "nanosleep keeps it");
  fact(changed(SYS_rt_sigaction, SIGUSR1, 0, (long)&action, 8) == 0, "rt_sigaction keeps it");
  fact(changed(SYS_rt_sigprocmask, SIG_SETMASK, (long)&set, 0, 8) == 0, "rt_sigprocmask keeps it");
  fact(changed(SYS_mprotect, 1, 0, 0, 0) == 0, "mprotect keeps it");
  return finish();
}
