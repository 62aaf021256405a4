// SPDX-License-Identifier: Apache-2.0 WITH Swift-exception
// Thousands of sites in one process, more than anyone keeps slots for, and gone and new again.
#include "site.h"

static long id, parent;

static bool all_right(uint8_t *memory, int count, int times) {
  for (int site = 0; site < count; site++)
    if (!all_give((site_function *)(memory + site * SITE_LENGTH), times, site % 3 ? id : parent))
      return false;
  return true;
}

static uint8_t *make(int count) {
  uint8_t *memory = pages((size_t)count * SITE_LENGTH, PROT_READ | PROT_WRITE);
  for (int site = 0; site < count; site++)
    put_site(memory + site * SITE_LENGTH, site % 3 ? SYS_getpid : SYS_getppid, site % 5 == 0);
  seal(memory, (size_t)count * SITE_LENGTH);
  return memory;
}

int main(void) {
  start();
  id = getpid();
  parent = getppid();
  uint8_t *few = make(1000);
  fact(all_right(few, 1000, 5), "a thousand");
  uint8_t *many = make(5500);
  fact(all_right(many, 5500, 3), "5500");
  fact(all_right(many, 5500, 3), "5500 again");
  fact(all_right(few, 1000, 3), "the first thousand again");
  uint8_t *copy = pages(1000 * SITE_LENGTH, PROT_READ | PROT_WRITE);
  unseal(few, 1000 * SITE_LENGTH);
  for (int site = 0; site < 1000; site++)
    put_site(copy + site * SITE_LENGTH, site % 3 ? SYS_getpid : SYS_getppid, site % 5 == 0);
  bool same = true;
  for (int site = 0; site < 1000; site++)
    same &= memcmp(few + site * SITE_LENGTH, copy + site * SITE_LENGTH, 13) == 0;
  fact(same, "the bytes of a thousand");
  seal(few, 1000 * SITE_LENGTH);
  fact(all_right(few, 1000, 3), "the thousand once more");
  munmap(many, 5500 * SITE_LENGTH);
  fact(all_right(make(5500), 5500, 3), "5500 new ones");
  return finish();
}
