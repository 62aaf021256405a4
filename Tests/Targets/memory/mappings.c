// SPDX-License-Identifier: Apache-2.0 WITH Swift-exception
// Mapping, unmapping, moving and protecting memory.
#include "../target.h"
#include <setjmp.h>

static sigjmp_buf back;
static void handler(int signal) { siglongjmp(back, signal); }

static bool readable(volatile char *address) {
  if (sigsetjmp(back, 1))
    return false;
  (void)*address;
  return true;
}

static bool writable(volatile char *address) {
  if (sigsetjmp(back, 1))
    return false;
  *address = *address;
  return true;
}

int main(void) {
  start();
  signal(SIGSEGV, handler);
  char *area = mmap(NULL, 16 * 4096, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
  fact(area != MAP_FAILED && (uintptr_t)area % 4096 == 0, "mapped");
  area[4096 * 3] = 5;
  munmap(area + 4096 * 4, 4096);
  fact(!readable(area + 4096 * 4) && readable(area + 4096 * 5), "a hole");
  mprotect(area, 4096, PROT_READ);
  fact(readable(area) && !writable(area), "read-only");
  mprotect(area, 4096, PROT_NONE);
  fact(!readable(area), "no access");
  printf("protecting the hole: %s\n", result(mprotect(area + 4096 * 4, 8192, PROT_READ)));
  void *fixed = mmap(area + 4096 * 4, 4096, PROT_READ | PROT_WRITE,
                     MAP_PRIVATE | MAP_ANONYMOUS | MAP_FIXED_NOREPLACE, -1, 0);
  fact(fixed == area + 4096 * 4, "the hole filled");
  printf("taken: %s\n",
         result((long)mmap(area + 4096 * 4, 4096, PROT_READ,
                           MAP_PRIVATE | MAP_ANONYMOUS | MAP_FIXED_NOREPLACE, -1, 0)));
  char *moved = mremap(area + 4096 * 3, 4096, 4096 * 100, MREMAP_MAYMOVE);
  fact(moved != MAP_FAILED && moved[0] == 5 && moved[4096 * 99] == 0, "moved and grown");
  fact(!readable(area + 4096 * 3), "the old place is free");
  printf("growing in place: %s\n", result((long)mremap(area + 4096 * 5, 4096, 4096 * 2, 0)));
  char *shrunk = mremap(moved, 4096 * 100, 4096, 0);
  fact(shrunk == moved && !readable(moved + 4096), "shrunk");
  char *low = mmap(NULL, 4096, PROT_READ, MAP_PRIVATE | MAP_ANONYMOUS | MAP_32BIT, -1, 0);
  fact((uintptr_t)low < 1UL << 31, "below 2 GiB");
  char *large = mmap(NULL, 1UL << 38, PROT_READ | PROT_WRITE,
                     MAP_PRIVATE | MAP_ANONYMOUS | MAP_NORESERVE, -1, 0);
  fact(large != MAP_FAILED, "256 GiB reserved");
  large[1UL << 37] = 1;
  munmap(large, 1UL << 38);
  printf("too large: %s\n", result((long)mmap(NULL, 1UL << 47, PROT_READ,
                                              MAP_PRIVATE | MAP_ANONYMOUS | MAP_NORESERVE, -1, 0)));
  printf("bad descriptor: %s\n", result((long)mmap(NULL, 4096, PROT_READ, MAP_PRIVATE, -1, 0)));
  printf("fixed in the kernel: %s\n",
         result((long)mmap((void *)0xffff800000000000, 4096, PROT_READ,
                           MAP_PRIVATE | MAP_ANONYMOUS | MAP_FIXED, -1, 0)));

  int file = open("file", O_RDWR | O_CREAT, 0644);
  ftruncate(file, 8192);
  char *shared = mmap(NULL, 8192, PROT_READ | PROT_WRITE, MAP_SHARED, file, 0);
  char *private_copy = mmap(NULL, 8192, PROT_READ | PROT_WRITE, MAP_PRIVATE, file, 0);
  strcpy(shared + 4096, "shared");
  private_copy[0] = 'p';
  char bytes[8] = {0};
  pread(file, bytes, 6, 4096);
  fact(strcmp(bytes, "shared") == 0, "written through");
  fact(pread(file, bytes, 1, 0) == 1 && bytes[0] == 0 && shared[0] == 0, "private stays private");
  pwrite(file, "filed", 5, 100);
  fact(memcmp(shared + 100, "filed", 5) == 0, "file shows in the mapping");
  fact(msync(shared, 8192, MS_SYNC) == 0, "synchronised");
  return finish();
}
