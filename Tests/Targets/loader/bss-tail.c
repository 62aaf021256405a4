// SPDX-License-Identifier: Apache-2.0 WITH Swift-exception
// The bytes after the data in the last page of a segment are zero, and so is the rest of the bss.
// flags: -static -no-pie -Wl,-z,noseparate-code
#include "../target.h"

static char data[1000] = {1, 2, 3};
static char tail[12345];
extern char edata __attribute__((visibility("hidden")));
extern char end __attribute__((visibility("hidden")));

int main(void) {
  bool zero = true;
  for (size_t index = 0; index < sizeof tail; index++)
    zero &= tail[index] == 0;
  // From the end of the bss to the end of its page there is nothing but zeros either.
  char *page_end = (char *)(((uintptr_t)&end + 4095) & ~4095UL);
  for (char *at = &end; at < page_end; at++)
    zero &= *at == 0;
  start();
  fact(zero, "zero after the data");
  fact(data[0] == 1 && data[2] == 3 && data[3] == 0, "data");
  fact(&edata <= &end && (char *)sbrk(0) >= &end, "heap after the end");
  return finish();
}
