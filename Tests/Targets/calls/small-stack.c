// SPDX-License-Identifier: Apache-2.0 WITH Swift-exception
// System calls work with only 256 bytes of stack left above an unmapped page.
#include "../target.h"

static long on_stack(char *rsp, long number, long a, long b, long c, long d) {
  register long r10 __asm__("r10") = d;
  __asm__ volatile("mov %%rsp, %%rbx\n"
                   "mov %[rsp], %%rsp\n"
                   "push $7\n"
                   "syscall\n"
                   "pop %%rcx\n"
                   "mov %%rbx, %%rsp\n"
                   "cmp $7, %%rcx\n"
                   "je 1f\n"
                   "mov $-1, %%rax\n"
                   "1:\n"
                   : "+a"(number)
                   : [rsp] "r"(rsp), "D"(a), "S"(b), "d"(c), "r"(r10)
                   : "rbx", "rcx", "r11", "memory", "cc");
  return number;
}

int main(void) {
  start();
  char *pages = mmap(NULL, 8192, PROT_NONE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
  mprotect(pages + 4096, 4096, PROT_READ | PROT_WRITE);
  memset(pages + 4096, 0x77, 256 - 8);
  char *rsp = pages + 4096 + 256;
  struct sigaction action, old;
  memset(&action, 0, sizeof action);
  fact(on_stack(rsp, SYS_getpid, 0, 0, 0, 0) == getpid(), "getpid");
  fact(on_stack(rsp, SYS_getppid, 0, 0, 0, 0) == getppid(), "getppid");
  fact(on_stack(rsp, SYS_rt_sigaction, SIGUSR1, 0, (long)&old, 8) == 0, "rt_sigaction");
  fact(on_stack(rsp, SYS_sigaltstack, 0, 0, 0, 0) == 0, "sigaltstack");
  fact(on_stack(rsp, SYS_mmap, 0, 0, 0, 0) == -EINVAL, "mmap of nothing");
  fact(on_stack(rsp, SYS_openat, AT_FDCWD, (long)"/nowhere", O_RDONLY, 0) == -ENOENT, "openat");
  fact(on_stack(rsp, SYS_execve, (long)"/nowhere", 0, 0, 0) == -ENOENT, "execve");
  int descriptors[2];
  pipe(descriptors);
  fact(on_stack(rsp, SYS_write, descriptors[1], (long)"abc", 3, 0) == 3, "write");
  bool untouched = true;
  for (int index = 0; index < 256 - 8; index++)
    untouched &= pages[4096 + index] == 0x77;
  fact(untouched, "bytes below the stack pointer untouched");
  return finish();
}
