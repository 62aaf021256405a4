// SPDX-License-Identifier: Apache-2.0 WITH Swift-exception
// Sites at the bottom of memory work, and nothing comes to lie below them.
#include "site.h"

int main(void) {
  start();
  int flags = MAP_PRIVATE | MAP_ANONYMOUS | MAP_FIXED_NOREPLACE;
  uint8_t *page = mmap((void *)0x10000, 4096, PROT_READ | PROT_WRITE, flags, -1, 0);
  fact(page == (void *)0x10000, "at 64 KiB");
  if (page == MAP_FAILED)
    return finish();
  memset(page, 0xcc, 4096);
  for (int site = 0; site < 32; site++)
    put_site(page + site * SITE_LENGTH, SYS_getpid, site & 1);
  seal(page, 4096);
  bool right = true;
  for (int site = 0; site < 32; site++)
    right &= all_give((site_function *)(page + site * SITE_LENGTH), 5, getpid());
  fact(right, "calls");
  int ends[2];
  pipe(ends);
  for (uintptr_t address = 0; address < 0x10000; address += 4096)
    expect(write(ends[1], (void *)address, 1) == -1, "something lies at %lx", (long)address);
  return finish();
}
