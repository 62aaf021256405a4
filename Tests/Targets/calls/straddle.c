// SPDX-License-Identifier: Apache-2.0 WITH Swift-exception
// A syscall instruction that lies across a page boundary works.
#include "../target.h"

int main(void) {
  start();
  // mov %rdi,%rax; mov %rsi,%rdi; mov %rdx,%rsi; mov %rcx,%rdx; syscall; ret
  static const uint8_t code[] = {0x48, 0x89, 0xf8, 0x48, 0x89, 0xf7, 0x48, 0x89,
                                 0xd6, 0x48, 0x89, 0xca, 0x0f, 0x05, 0xc3};
  char *pages = mmap(NULL, 8192, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
  char *function = pages + 4096 - 13; // 0f ends the first page, 05 begins the second
  memcpy(function, code, sizeof code);
  mprotect(pages, 8192, PROT_READ | PROT_EXEC);
  long (*call)(long, long, long, long) = (long (*)(long, long, long, long))function;
  fact(call(SYS_getpid, 0, 0, 0) == getpid(), "across");
  fact(call(SYS_write, 1, (long)"hello\n", 6) == 6, "write across");
  // The instruction that ends exactly with its page, the next page being no code.
  pages = mmap(NULL, 8192, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
  function = pages + 4096 - 14;
  memcpy(function, code, sizeof code);
  mprotect(pages, 4096, PROT_READ | PROT_EXEC);
  mprotect(pages + 4096, 4096, PROT_READ | PROT_EXEC);
  call = (long (*)(long, long, long, long))function;
  fact(call(SYS_getpid, 0, 0, 0) == getpid(), "at the end of a page");
  return finish();
}
