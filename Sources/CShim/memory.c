// SPDX-License-Identifier: Apache-2.0 WITH Swift-exception
// The memory functions that compilers call on their own.
//
// They exist because neither compiler can be kept from emitting calls to them, and there is no
// libc.

#include <stddef.h>
#include <stdint.h>

/// `rep movs` takes some 40 cycles to start, so that short copies go by words.
enum { SHORT = 512 };

typedef uint64_t __attribute__((aligned(1), may_alias)) word;

void *memcpy(void *restrict to, const void *restrict from, size_t count) {
  void *start = to;
  if (count <= SHORT) {
    for (; count >= sizeof(word); count -= sizeof(word)) {
      *(word *)to = *(const word *)from;
      to = (char *)to + sizeof(word);
      from = (const char *)from + sizeof(word);
    }
    if (count == 0)
      return start;
  }
  __asm__ volatile("rep movsb" : "+D"(to), "+S"(from), "+c"(count) : : "memory");
  return start;
}

void *memset(void *to, int byte, size_t count) {
  void *start = to;
  __asm__ volatile("rep stosb" : "+D"(to), "+c"(count) : "a"(byte) : "memory");
  return start;
}

void *memmove(void *to, const void *from, size_t count) {
  unsigned char *target = to;
  const unsigned char *source = from;
  if (target <= source || target >= source + count)
    return memcpy(to, from, count);
  while (count--)
    target[count] = source[count];
  return to;
}

int memcmp(const void *left, const void *right, size_t count) {
  const unsigned char *a = left, *b = right;
  for (size_t i = 0; i < count; i++)
    if (a[i] != b[i])
      return a[i] - b[i];
  return 0;
}
