// SPDX-License-Identifier: Apache-2.0 WITH Swift-exception
// Calling sites often changes no mapping of the program's: neither its bounds nor its rights.
// flags: -static-pie
#include "site.h"

SHORT_SITE(pid, 39)
static char before[1 << 16], after[1 << 16];

static void read_maps(char *text) {
  int file = open("/proc/self/maps", O_RDONLY);
  size_t length = 0;
  ssize_t got;
  while ((got = read(file, text + length, (1 << 16) - 1 - length)) > 0)
    length += (size_t)got;
  text[length] = 0;
  close(file);
}

/// The line of the mapping that an address lies in.
static void line_of(const char *text, const void *address, char *line) {
  line[0] = 0;
  for (const char *at = text; at && *at; at = strchr(at, '\n'), at = at ? at + 1 : NULL) {
    unsigned long first, last;
    if (sscanf(at, "%lx-%lx", &first, &last) == 2 && (unsigned long)address >= first &&
        (unsigned long)address < last) {
      sscanf(at, "%200[^\n]", line);
      return;
    }
  }
}

static void same(const char *what, const void *address) {
  char one[256], other[256];
  line_of(before, address, one);
  line_of(after, address, other);
  fact(one[0] && strcmp(one, other) == 0, "%s", what);
}

int main(void) {
  start();
  uint8_t *page = pages(3 * 4096, PROT_READ | PROT_WRITE);
  put_site(page + 4096, SYS_getpid, true);
  seal(page, 3 * 4096);
  uint8_t *only = pages(2 * 4096, PROT_READ | PROT_WRITE);
  put_site(only + 16, SYS_getpid, false);
  put_site(only + 64, SYS_getpid, true);
  mprotect(only, 2 * 4096, PROT_EXEC);
  read_maps(before);
  long id = getpid();
  fact(all_give(pid, 100, id), "the program's site");
  fact(all_give((site_function *)(page + 4096), 100, id), "a page's site");
  fact(all_give((site_function *)(only + 16), 100, id), "an execute-only site");
  fact(all_give((site_function *)(only + 64), 100, id), "an execute-only long site");
  read_maps(after);
  same("the program's mapping", (void *)pid);
  same("the page's mapping", page);
  same("the execute-only mapping", only);
  same("the data's mapping", before);
  same("the stack's mapping", &id);
  // Nothing became writable and executable, or lies at the bottom.
  bool open = false, low = false;
  for (char *at = after; at && *at; at = strchr(at, '\n'), at = at ? at + 1 : NULL) {
    unsigned long first;
    char rights[8];
    if (sscanf(at, "%lx-%*x %7s", &first, rights) == 2) {
      open |= rights[1] == 'w' && rights[2] == 'x';
      low |= first < 0x10000;
    }
  }
  fact(!open, "nothing is writable and executable");
  fact(!low, "nothing lies below 64 KiB");
  // Pages are still not writable.
  int ends[2];
  pipe(ends);
  write(ends[1], "x", 1);
  printf("reading to a page of code: %s\n", result(read(ends[0], page + 4096, 1)));
  return finish();
}
