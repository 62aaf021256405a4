// SPDX-License-Identifier: Apache-2.0 WITH Swift-exception
// Code that is replaced, moved, discarded or written anew after its sites were called often.
#include "site.h"

enum { SIZE = 4096, CALLS = 6 };
static long id, parent;

static void *anew(void *at, int rights) {
  return mmap(at, SIZE, rights, MAP_PRIVATE | MAP_ANONYMOUS | MAP_FIXED, -1, 0);
}

/// Called sites of getpid in a page of its own.
static uint8_t *hot(bool is_long) {
  uint8_t *page = pages(SIZE, PROT_READ | PROT_WRITE);
  put_site(page + 64, SYS_getpid, is_long);
  seal(page, SIZE);
  expect(all_give((site_function *)(page + 64), CALLS, id), "first code");
  return page;
}

/// Writes a site of getppid to the page, looks that nothing else is written to it, and calls it.
static void write_and_call(uint8_t *page, const char *what, bool is_long) {
  uint8_t wanted[SIZE];
  memset(page, 0x90, SIZE);
  memset(wanted, 0x90, SIZE);
  put_site(page + 64, SYS_getppid, is_long);
  put_site(wanted + 64, SYS_getppid, is_long);
  expect(memcmp(page, wanted, SIZE) == 0, "%s: bytes", what);
  seal(page, SIZE);
  expect(all_give((site_function *)(page + 64), CALLS, parent), "%s: calls", what);
  unseal(page, SIZE);
  expect(memcmp(page, wanted, SIZE) == 0, "%s: bytes when writable again", what);
  munmap(page, SIZE);
}

static void replaced(int form) {
  uint8_t *page = hot(form & 1);
  anew(page, PROT_READ | PROT_WRITE);
  write_and_call(page, "mapped over", form & 2);

  page = hot(form & 1);
  munmap(page, SIZE);
  anew(page, PROT_READ | PROT_WRITE);
  write_and_call(page, "unmapped", form & 2);

  // Rights change in between, or a call fails that would have removed the code.
  page = hot(form & 1);
  mprotect(page, SIZE, PROT_READ);
  munmap(page, SIZE);
  anew(page, PROT_READ | PROT_WRITE);
  write_and_call(page, "unmapped with other rights", form & 2);

  page = hot(form & 1);
  seal(page, SIZE);
  anew(page, PROT_READ | PROT_WRITE);
  write_and_call(page, "mapped over after a change to the same rights", form & 2);

  page = hot(form & 1);
  expect(munmap(page, 0) == -1, "munmap of nothing");
  expect(mmap(page, SIZE, PROT_READ, MAP_PRIVATE | MAP_FIXED, 999, 0) == MAP_FAILED, "no file");
  expect(all_give((site_function *)(page + 64), CALLS, id), "after failed calls");
  anew(page, PROT_READ | PROT_WRITE);
  write_and_call(page, "mapped over after failed calls", form & 2);

  page = hot(form & 1);
  madvise(page, SIZE, MADV_DONTNEED);
  unseal(page, SIZE);
  int others = 0;
  for (int index = 0; index < SIZE; index++)
    others += page[index] != 0;
  expect(others == 0, "discarded: %d bytes are not 0", others);
  write_and_call(page, "discarded", form & 2);
}

static void many_mappings(void) {
  // More mappings with called sites than anybody keeps in mind.
  enum { COUNT = 200 };
  static uint8_t *all[COUNT];
  for (int index = 0; index < COUNT; index++) {
    all[index] = pages(2 * SIZE, PROT_READ | PROT_WRITE);
    munmap(all[index] + SIZE, SIZE);
    put_site(all[index] + 64, SYS_getpid, index & 1);
    seal(all[index], SIZE);
    expect(all_give((site_function *)(all[index] + 64), CALLS, id), "mapping %d", index);
  }
  for (int index = 0; index < COUNT; index++) {
    munmap(all[index], SIZE);
    anew(all[index], PROT_READ | PROT_WRITE);
    write_and_call(all[index], "one of many", index & 1);
  }
}

static void moved(int form) {
  uint8_t *page = hot(form & 1), *target = pages(SIZE, PROT_READ);
  uint8_t wanted[SITE_LENGTH];
  memset(wanted, 0xcc, sizeof wanted);
  put_site(wanted, SYS_getpid, form & 1);
  expect(mremap(page, SIZE, SIZE, MREMAP_MAYMOVE | MREMAP_FIXED, target) == target, "moved");
  expect(memcmp(target + 64, wanted, SITE_LENGTH) == 0, "moved: bytes");
  expect(all_give((site_function *)(target + 64), CALLS, id), "moved: calls");
  anew(page, PROT_READ | PROT_WRITE);
  write_and_call(page, "in the old place", form & 2);
  // Moved a second time, over code.
  uint8_t *other = hot(form & 1);
  expect(mremap(target, SIZE, SIZE, MREMAP_MAYMOVE | MREMAP_FIXED, other) == other, "moved again");
  expect(all_give((site_function *)(other + 64), CALLS, id), "moved again: calls");
  unseal(other, SIZE);
  expect(memcmp(other + 64, wanted, SITE_LENGTH) == 0, "moved again: bytes");
  munmap(other, SIZE);
  // The old place stays, empty.
  page = hot(form & 1);
  uint8_t *copy = mremap(page, SIZE, SIZE, MREMAP_MAYMOVE | MREMAP_DONTUNMAP, 0);
  if (copy != MAP_FAILED) {
    expect(all_give((site_function *)(copy + 64), CALLS, id), "left empty: calls");
    unseal(page, SIZE);
    expect(page[64] == 0 && page[67] == 0 && page[72] == 0, "left empty: bytes");
    munmap(copy, SIZE);
  }
  munmap(page, SIZE);
}

static void written_anew(void) {
  uint8_t *page = pages(SIZE, PROT_READ | PROT_WRITE), wanted[SIZE];
  memset(wanted, 0xcc, SIZE);
  bool bytes = true, calls = true;
  for (int round = 0; round < 500; round++) {
    bool turn = round / 3 & 1;
    bytes &= memcmp(page, wanted, SIZE) == 0;
    put_site(page + 128, turn ? SYS_getpid : SYS_getppid, round / 5 & 1);
    put_site(wanted + 128, turn ? SYS_getpid : SYS_getppid, round / 5 & 1);
    bytes &= memcmp(page, wanted, SIZE) == 0;
    seal(page, SIZE);
    calls &= all_give((site_function *)(page + 128), 4, turn ? id : parent);
    unseal(page, SIZE);
  }
  fact(bytes, "written anew: bytes");
  fact(calls, "written anew: calls");
  munmap(page, SIZE);
}

int main(void) {
  start();
  id = getpid();
  parent = getppid();
  for (int form = 0; form < 4; form++) {
    replaced(form);
    moved(form);
  }
  many_mappings();
  written_anew();
  return finish();
}
