// SPDX-License-Identifier: Apache-2.0 WITH Swift-exception
// Sites across cache lines and pages, and at the very ends of a mapping, are called often.
#include "site.h"

/// A site at every distance around a boundary that is so many bytes into two pages.
static void around(const char *what, size_t boundary, bool is_long) {
  bool right = true;
  for (size_t before = 0; before <= 18; before++) {
    uint8_t *memory = pages(8192, PROT_READ | PROT_WRITE);
    site_function *site = put_site(memory + boundary - before, SYS_getpid, is_long);
    seal(memory, 8192);
    right &= all_give(site, 10, getpid());
    munmap(memory, 8192);
  }
  fact(right, "%s, %s", what, is_long ? "long" : "short");
}

/// The same where the two pages are mappings of their own, and the second one is taken away.
static void apart(bool is_long) {
  bool right = true;
  for (size_t before = 6; before <= 16; before++) {
    uint8_t *memory = pages(8192, PROT_READ | PROT_WRITE);
    uint8_t *at = memory + 4096 - before;
    site_function *site = put_site(at, SYS_getpid, is_long);
    uint8_t second[16];
    memcpy(second, memory + 4096, 16);
    seal(memory, 4096);
    seal(memory + 4096, 4096);
    right &= all_give(site, 5, getpid());
    // Another page with the very same bytes takes its place, then one with another end.
    mmap(memory + 4096, 4096, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS | MAP_FIXED, -1,
         0);
    memcpy(memory + 4096, second, 16);
    seal(memory + 4096, 4096);
    right &= all_give(site, 5, getpid());
    if (before < (is_long ? 12 : 10)) {
      uint8_t *call = at + SITE_MOVE + (is_long ? 7 : 5);
      if (call >= memory + 4096) {
        unseal(memory + 4096, 4096);
        memcpy(call, "\x90\x90\xc3", 3); // nop; nop; ret: rax keeps the number
        seal(memory + 4096, 4096);
        right &= all_give(site, 5, SYS_getpid);
      }
    }
    munmap(memory, 8192);
  }
  fact(right, "pages apart, %s", is_long ? "long" : "short");
}

int main(void) {
  start();
  for (int is_long = 0; is_long < 2; is_long++) {
    around("across a cache line", 128, is_long);
    around("across a page", 4096, is_long);
    apart(is_long);
    // The first bytes of a mapping are the move, with nothing before; the last ones the call.
    uint8_t *memory = pages(3 * 4096, PROT_READ | PROT_WRITE);
    munmap(memory, 4096);
    munmap(memory + 8192, 4096);
    uint8_t code[SITE_LENGTH];
    put_site(code, SYS_getppid, is_long);
    size_t length = is_long ? 10 : 8;
    memcpy(memory + 4096, code + SITE_MOVE, length);
    seal(memory + 4096, 4096);
    fact(all_give((site_function *)(memory + 4096), 10, getppid()), "first bytes");
    unseal(memory + 4096, 4096);
    put_site(memory + 8192 - SITE_MOVE - length, SYS_getppid, is_long);
    seal(memory + 4096, 4096);
    fact(all_give((site_function *)(memory + 8192 - SITE_MOVE - length), 10, getppid()),
         "last bytes");
  }
  return finish();
}
