// SPDX-License-Identifier: Apache-2.0 WITH Swift-exception
// What the auxiliary vector says.
#include "../target.h"
#include <elf.h>

int main(int argc, char **argv) {
  start();
  (void)argc;
  fact(getauxval(AT_PAGESZ) == 4096, "AT_PAGESZ is 4096");
  fact(getauxval(AT_CLKTCK) == 100, "AT_CLKTCK is 100");
  fact(strcmp((char *)getauxval(AT_EXECFN), argv[0]) == 0, "AT_EXECFN is the path");
  fact(strcmp((char *)getauxval(AT_PLATFORM), "x86_64") == 0, "AT_PLATFORM is x86_64");
  const uint8_t *random = (const uint8_t *)getauxval(AT_RANDOM);
  int sum = 0;
  for (int index = 0; random && index < 16; index++)
    sum += random[index];
  fact(sum != 0, "AT_RANDOM shows random bytes");
  fact(getauxval(AT_SECURE) == 0, "AT_SECURE is 0");
  fact(getauxval(AT_UID) == getuid() && getauxval(AT_EUID) == geteuid(), "AT_UID and AT_EUID");
  fact(getauxval(AT_GID) == getgid() && getauxval(AT_EGID) == getegid(), "AT_GID and AT_EGID");
  fact(getauxval(AT_FLAGS) == 0, "AT_FLAGS is 0");
  uint64_t least = getauxval(AT_MINSIGSTKSZ);
  fact(least >= 1000 && least < 65536, "AT_MINSIGSTKSZ is plausible");
  fact(sysconf(_SC_MINSIGSTKSZ) == (long)least, "sysconf says the same");
  errno = 0;
  fact(getauxval(9999) == 0 && errno == ENOENT, "another type is missing");
  char **end = environ;
  while (*end)
    end++;
  Elf64_auxv_t *vector = (Elf64_auxv_t *)(end + 1);
  int seen[64] = {0};
  uint64_t features = 0; // getauxval gives libc's own here
  for (; vector->a_type != AT_NULL; vector++) {
    if (vector->a_type == AT_HWCAP)
      features = vector->a_un.a_val;
    if (vector->a_type < 64)
      seen[vector->a_type]++;
  }
  enum { floating_point = 1, sse2 = 1 << 26 };
  fact((features & (floating_point | sse2)) == (floating_point | sse2), "AT_HWCAP");
  bool once = true;
  for (int type = 0; type < 64; type++)
    once &= seen[type] <= 1;
  fact(once, "no type twice");
  return finish();
}
