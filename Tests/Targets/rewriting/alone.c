// SPDX-License-Identifier: Apache-2.0 WITH Swift-exception
// A process whose threads have ended is one of a single thread, right behind a fresh site too.
#include "site.h"

enum { SITES = 2000, LENGTH = SITES * SITE_LENGTH };

static void *nothing(void *unused) { return unused; }

int main(void) {
  start();
  pthread_t thread;
  pthread_create(&thread, NULL, nothing, NULL);
  pthread_join(thread, NULL);
  // What is joined may still be on its way out.
  while (unshare(CLONE_THREAD) != 0)
    sched_yield();
  uint8_t *memory = pages(LENGTH, PROT_READ | PROT_WRITE);
  for (int site = 0; site < SITES; site++)
    put_site(memory + site * SITE_LENGTH, SYS_getpid, site & 1);
  seal(memory, LENGTH);
  int wrong = 0, others = 0;
  for (int site = 0; site < SITES; site++) {
    wrong += !all_give((site_function *)(memory + site * SITE_LENGTH), 2, getpid());
    others += unshare(CLONE_THREAD) != 0;
  }
  printf("wrong %d, other threads %d\n", wrong, others);
  unseal(memory, LENGTH);
  fact(unshare(CLONE_THREAD) == 0, "alone when the code is writable again");
  return finish();
}
