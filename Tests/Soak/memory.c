// SPDX-License-Identifier: Apache-2.0 WITH Swift-exception
// Work on bytes: through pipes, through mappings, through files.

#include "soak.h"

#include <fcntl.h>
#include <sys/mman.h>

enum { BLOCK = 32768, PAGE = 4096, PAGES = 16 };

static void fill(uint64_t *random, void *bytes, size_t count) {
  for (size_t i = 0; i < count / 8; i++)
    ((uint64_t *)bytes)[i] = next_random(random);
}

void work_pipes(struct worker *worker) {
  static _Thread_local uint64_t sent[BLOCK / 8], got[BLOCK / 8];
  int ends[2];
  EXPECT(pipe2(ends, O_CLOEXEC), 0);
  fill(&worker->random, sent, BLOCK);
  size_t count = 1 + next_random(&worker->random) % BLOCK;
  EXPECT(write_all(ends[1], sent, count), count);
  EXPECT(read_all(ends[0], got, count), count);
  EXPECT(checksum(got, count), checksum(sent, count));
  close(ends[0]);
  close(ends[1]);
}

void work_mappings(struct worker *worker) {
  char *area = mmap(0, PAGES * PAGE, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
  EXPECT(area != MAP_FAILED, 1);
  fill(&worker->random, area, PAGES * PAGE);
  uint64_t sum = checksum(area, PAGES * PAGE);
  EXPECT(mprotect(area, PAGE, PROT_READ), 0);
  char *moved = mremap(area, PAGES * PAGE, 2 * PAGES * PAGE, MREMAP_MAYMOVE);
  // A part with other permissions cannot be grown along: the kernel says EFAULT.
  EXPECT(moved == MAP_FAILED && errno == EFAULT, 1);
  EXPECT(checksum(area, PAGES * PAGE), sum);
  EXPECT(munmap(area, PAGES * PAGE), 0);
}

void work_files(struct worker *worker) {
  uint64_t sent[256], got[256];
  int file = memfd_create("soak", MFD_CLOEXEC);
  EXPECT(file >= 0, 1);
  fill(&worker->random, sent, sizeof sent);
  off_t place = (off_t)(next_random(&worker->random) % 100000);
  EXPECT(RETRY(pwrite(file, sent, sizeof sent, place)), sizeof sent);
  EXPECT(lseek(file, 0, SEEK_END), place + (off_t)sizeof sent);
  EXPECT(RETRY(pread(file, got, sizeof got, place)), sizeof got);
  EXPECT(checksum(got, sizeof got), checksum(sent, sizeof sent));
  EXPECT(close(file), 0);
}
