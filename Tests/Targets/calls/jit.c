// SPDX-License-Identifier: Apache-2.0 WITH Swift-exception
// System calls made by code that was written into a writable and executable page.
#include "../target.h"

int main(void) {
  start();
  // mov %rdi,%rax; mov %rsi,%rdi; mov %rdx,%rsi; mov %rcx,%rdx; syscall; ret
  static const uint8_t code[] = {0x48, 0x89, 0xf8, 0x48, 0x89, 0xf7, 0x48, 0x89,
                                 0xd6, 0x48, 0x89, 0xca, 0x0f, 0x05, 0xc3};
  for (int number = 0; number < 4; number++) {
    int protection = PROT_READ | PROT_WRITE | (number == 0 ? PROT_EXEC : 0);
    int flags = MAP_ANONYMOUS | (number == 2 ? MAP_SHARED : MAP_PRIVATE);
    char *page = mmap(NULL, 4096, protection, flags, -1, 0);
    memcpy(page + 100 * number, code, sizeof code);
    if (number != 0)
      mprotect(page, 4096, PROT_READ | PROT_EXEC);
    long (*call)(long, long, long, long) = (long (*)(long, long, long, long))(page + 100 * number);
    fact(call(SYS_getpid, 0, 0, 0) == getpid(), "page %d: getpid", number);
    fact(call(SYS_write, 1, (long)"from the page\n", 14) == 14, "page %d: write", number);
    fact(call(9999, 0, 0, 0) == -ENOSYS, "page %d: unknown number", number);
    if (number == 3)
      fact(call(SYS_munmap, 1, 0, 0) == -EINVAL, "page %d: munmap", number);
    munmap(page, 4096);
  }
  // The same page holds other code later.
  char *page =
      mmap(NULL, 4096, PROT_READ | PROT_WRITE | PROT_EXEC, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
  for (int round = 0; round < 1000; round++) {
    int offset = round % 13 * 64;
    memcpy(page + offset, code, sizeof code);
    long (*call)(long, long, long, long) = (long (*)(long, long, long, long))(page + offset);
    expect(call(SYS_getppid, 0, 0, 0) == getppid(), "round %d", round);
    memset(page + offset, 0xcc, sizeof code);
  }
  return finish();
}
