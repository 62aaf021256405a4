// SPDX-License-Identifier: Apache-2.0 WITH Swift-exception
// Code that changes itself between its calls, and code in shared memory, is never written to.
#include "site.h"

static long id, parent;

static void self_changing(uint8_t *writable, uint8_t *executable, const char *what) {
  bool bytes = true, calls = true;
  uint8_t wanted[SITE_LENGTH];
  memset(wanted, 0xcc, sizeof wanted);
  for (int round = 0; round < 400; round++) {
    bool turn = round / 7 & 1;
    put_site(writable, turn ? SYS_getpid : SYS_getppid, round / 50 & 1);
    put_site(wanted, turn ? SYS_getpid : SYS_getppid, round / 50 & 1);
    calls &= all_give((site_function *)executable, 3, turn ? id : parent);
    bytes &= memcmp(writable, wanted, SITE_LENGTH) == 0;
    bytes &= memcmp(executable, wanted, SITE_LENGTH) == 0;
  }
  // Only the number changes.
  put_site(writable, SYS_getpid, false);
  for (int round = 0; round < 100; round++) {
    writable[SITE_MOVE + 1] = round & 1 ? SYS_getpid : SYS_getppid;
    calls &= all_give((site_function *)executable, 3, round & 1 ? id : parent);
  }
  fact(calls, "%s: calls", what);
  fact(bytes, "%s: bytes", what);
}

int main(void) {
  start();
  id = getpid();
  parent = getppid();
  int all = PROT_READ | PROT_WRITE | PROT_EXEC;
  uint8_t *page = pages(4096, all);
  self_changing(page + 64, page + 64, "writable code");
  int file = memfd_create("code", 0);
  ftruncate(file, 8192);
  uint8_t *writable = mmap(NULL, 8192, PROT_READ | PROT_WRITE, MAP_SHARED, file, 0);
  uint8_t *executable = mmap(NULL, 8192, PROT_READ | PROT_EXEC, MAP_SHARED, file, 0);
  memset(writable, 0xcc, 8192);
  self_changing(writable + 64, executable + 64, "a shared alias");
  // The alias of another process.
  put_site(writable + 256, SYS_getpid, false);
  pid_t child = fork();
  if (child == 0)
    _exit(all_give((site_function *)(executable + 256), 10, getpid()) ? 3 : 1);
  printf("child: %s\n", wait_for(child));
  uint8_t wanted[SITE_LENGTH];
  memset(wanted, 0xcc, sizeof wanted);
  put_site(wanted, SYS_getpid, false);
  fact(memcmp(writable + 256, wanted, 13) == 0, "bytes after the child");
  // The file itself, and a private mapping of it.
  uint8_t content[SITE_LENGTH];
  uint8_t *copy = mmap(NULL, 8192, PROT_READ | PROT_EXEC, MAP_PRIVATE, file, 0);
  fact(all_give((site_function *)(copy + 256), 10, id), "a private mapping");
  pread(file, content, sizeof content, 256);
  fact(memcmp(content, wanted, 13) == 0 && memcmp(executable + 256, wanted, 13) == 0,
       "bytes of the file");
  // Writable and executable at different times, shared.
  uint8_t *shared = mmap(NULL, 4096, PROT_READ | PROT_WRITE, MAP_SHARED | MAP_ANONYMOUS, -1, 0);
  put_site(shared, SYS_getpid, true);
  put_site(wanted, SYS_getpid, true);
  seal(shared, 4096);
  fact(all_give((site_function *)shared, 10, id), "sealed shared memory: calls");
  fact(memcmp(shared, wanted, 13) == 0, "sealed shared memory: bytes");
  return finish();
}
