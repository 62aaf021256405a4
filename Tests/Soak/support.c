// SPDX-License-Identifier: Apache-2.0 WITH Swift-exception
// Random numbers, checksums, whole reads and writes, and the report of a difference.

#include "soak.h"

enum { REPORTED_AT_MOST = 40 };

void differ(const char *file, int line, const char *what, long seen, long wanted) {
  int kept = errno;
  if (differences++ < REPORTED_AT_MOST) {
    char text[300];
    int length = snprintf(text, sizeof text, "soak: %s:%d: %s is %ld, not %ld (errno %d)\n", file,
                          line, what, seen, wanted, kept);
    if (write(2, text, (size_t)length) < 0)
      abort();
  }
  errno = kept;
}

uint64_t next_random(uint64_t *state) {
  // Source: Marsaglia, "Xorshift RNGs".
  *state ^= *state << 13;
  *state ^= *state >> 7;
  *state ^= *state << 17;
  return *state >> 11;
}

uint64_t checksum(const void *bytes, size_t count) {
  // Source: Fowler, Noll, Vo, 64-bit FNV-1a.
  uint64_t sum = 0xcbf29ce484222325u;
  for (size_t i = 0; i < count; i++)
    sum = (sum ^ ((const unsigned char *)bytes)[i]) * 0x100000001b3u;
  return sum;
}

size_t read_all(int file, void *bytes, size_t count) {
  size_t done = 0;
  while (done < count) {
    ssize_t piece = RETRY(read(file, (char *)bytes + done, count - done));
    if (piece <= 0)
      break;
    done += (size_t)piece;
  }
  return done;
}

size_t write_all(int file, const void *bytes, size_t count) {
  size_t done = 0;
  while (done < count) {
    ssize_t piece = RETRY(write(file, (const char *)bytes + done, count - done));
    if (piece <= 0)
      break;
    done += (size_t)piece;
  }
  return done;
}
