// SPDX-License-Identifier: Apache-2.0 WITH Swift-exception
// Branches straight to the call with another number, and numbers that the move did not set.
#include "site.h"

SHORT_SITE(pid, 39)
LONG_SITE(parent, 110)

/// Makes the call at an address with a number of its own.
long branch(long number, const char *to);
__asm__(".globl branch\n"
        "branch: mov %rdi, %rax\n"
        "  jmp *%rsi\n");

// The move is jumped over in every second call.
long skipping(long number, long skips);
__asm__(".globl skipping\n"
        "skipping: mov %rdi, %rax\n"
        "  test %esi, %esi\n"
        "  jnz 1f\n"
        "  mov $39, %eax\n"
        "1: syscall\n"
        "  ret\n");

// Bytes of a call as data between code, as an immediate, and as the end of an immediate.
long with_data(void);
__asm__(".globl with_data, data_in_text\n"
        "with_data: jmp 1f\n"
        "data_in_text: .byte 0xb8, 0x27, 0, 0, 0, 0x0f, 0x05, 0xb8, 0x27, 0, 0, 0, 0x0f, 0x05\n"
        "1: mov $0x050f0000, %ecx\n"
        "  mov $39, %eax\n"
        "  syscall\n"
        "  mov $0x050f0000, %edx\n"
        "  add %rdx, %rax\n"
        "  ret\n");
extern const unsigned char data_in_text[];

int main(void) {
  start();
  long id = getpid(), parent_id = getppid();
  fact(all_give(pid, 20, id) && all_give(parent, 20, parent_id), "both sites");
  for (int round = 0; round < 20; round++) {
    expect(branch(SYS_getppid, pid_call) == parent_id, "getppid at the site of getpid");
    expect(branch(SYS_getpid, parent_call) == id, "getpid at the site of getppid");
    expect(branch(9999, parent_call) == -ENOSYS, "an unknown number");
    expect(branch(SYS_getppid, pid_move) == id, "with the move");
    expect(branch(SYS_getpid | 0x700000000, pid_call) == id, "high bits");
  }
  fact(all_give(pid, 20, id) && all_give(parent, 20, parent_id), "both sites again");
  for (int round = 0; round < 50; round++) {
    expect(skipping(SYS_getppid, round % 2) == (round % 2 ? parent_id : id), "skipping %d", round);
    expect(skipping(SYS_getpid, 1) == id, "skipped, the same number");
    expect(skipping(9999, 1) == -ENOSYS, "skipped, an unknown number");
  }
  static const unsigned char data[] = {0xb8, 0x27, 0, 0, 0, 0x0f, 0x05,
                                       0xb8, 0x27, 0, 0, 0, 0x0f, 0x05};
  for (int round = 0; round < 20; round++)
    expect(with_data() == id + 0x050f0000, "immediate %d", round);
  fact(memcmp(data_in_text, data, sizeof data) == 0, "data in the code");
  // The first call with each of two numbers at a fresh site: neither wins.
  for (int round = 0; round < 20; round++) {
    uint8_t *page = pages(4096, PROT_READ | PROT_WRITE);
    site_function *site = put_site(page, SYS_getpid, round & 1);
    seal(page, 4096);
    char *call = (char *)page + SITE_MOVE + (round & 1 ? 7 : 5);
    for (int turn = 0; turn < 6; turn++) {
      expect(branch(SYS_getppid, call) == parent_id, "branch first, %d", turn);
      if (turn >= round % 4)
        expect(site(0, 0, 0, 0, 0, 0) == id, "then the move, %d", turn);
    }
    munmap(page, 4096);
  }
  return finish();
}
