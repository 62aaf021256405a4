// SPDX-License-Identifier: Apache-2.0 WITH Swift-exception
// In an empty root directory fresh sites work, alone, in threads and in children.
#include "site.h"

enum { SITES = 64, LENGTH = SITES * SITE_LENGTH };

static bool works(void) {
  uint8_t *memory = pages(LENGTH, PROT_READ | PROT_WRITE);
  for (int site = 0; site < SITES; site++)
    put_site(memory + site * SITE_LENGTH, SYS_getpid, site & 1);
  seal(memory, LENGTH);
  bool right = true;
  for (int site = 0; site < SITES; site++)
    right &= all_give((site_function *)(memory + site * SITE_LENGTH), 5, getpid());
  unseal(memory, LENGTH);
  for (int site = 0; site < SITES; site++) {
    uint8_t wanted[SITE_LENGTH];
    memset(wanted, 0xcc, sizeof wanted);
    put_site(wanted, SYS_getpid, site & 1);
    right &= memcmp(memory + site * SITE_LENGTH, wanted, 13) == 0;
  }
  munmap(memory, LENGTH);
  return right;
}

static void *runs(void *argument) { return works() ? argument : NULL; }

int main(void) {
  start();
  fact(works(), "before");
  mkdir("empty", 0755);
  // Who may not leave the root directory only stays in it.
  if (chroot("empty") == 0)
    chdir("/");
  fact(works(), "alone");
  pthread_t threads[2];
  for (int index = 0; index < 2; index++)
    pthread_create(&threads[index], NULL, runs, &threads);
  for (int index = 0; index < 2; index++) {
    void *value;
    pthread_join(threads[index], &value);
    fact(value != NULL, "thread %d", index);
  }
  pid_t child = fork();
  if (child == 0)
    _exit(works() ? 5 : 1);
  printf("child: %s\n", wait_for(child));
  return finish();
}
