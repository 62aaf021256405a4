// SPDX-License-Identifier: Apache-2.0 WITH Swift-exception
// Sites in memory far from everything else, and what becomes of them when all around is unmapped.
#include "site.h"

enum { REGIONS = 8, SITES = 256, LENGTH = SITES * SITE_LENGTH };
static const size_t around = 64 << 20;
static long id, parent;
static volatile bool over;
static volatile long handled;

static uint8_t *place(int region) {
  return (uint8_t *)(0x100000000000ul + region * 0x80000000000ul);
}

static bool make(int region) {
  uint8_t *memory = mmap(place(region), LENGTH, PROT_READ | PROT_WRITE,
                         MAP_PRIVATE | MAP_ANONYMOUS | MAP_FIXED, -1, 0);
  if (memory != place(region))
    return false;
  memset(memory, 0xcc, LENGTH);
  for (int site = 0; site < SITES; site++)
    put_site(memory + site * SITE_LENGTH, site & 1 ? SYS_getpid : SYS_getppid, site & 2);
  seal(memory, LENGTH);
  return true;
}

static bool right(int region) {
  for (int site = 0; site < SITES; site++)
    if (!all_give((site_function *)(place(region) + site * SITE_LENGTH), 4, site & 1 ? id : parent))
      return false;
  return true;
}

static void *calls(void *argument) {
  int region = (int)(long)argument;
  long wrong = 0;
  while (!over)
    wrong += !right(region);
  return (void *)wrong;
}

static void handler(int signal, siginfo_t *info, void *context) {
  (void)signal, (void)info, (void)context;
  handled++;
}

int main(void) {
  start();
  id = getpid();
  parent = getppid();
  int good = 0;
  for (int region = 0; region < REGIONS; region++)
    good += make(region) && right(region);
  printf("regions: %d\n", good);
  // Everything around two of them goes away, and all of a third, which comes again.
  good = 0;
  munmap(place(0) - around, around);
  munmap(place(1) + LENGTH, around);
  munmap(place(2) - around, 2 * around);
  good += make(2);
  for (int region = 0; region < REGIONS; region++)
    good += right(region);
  printf("after unmapping: %d\n", good);
  // The program uses the place below another one itself.
  uint8_t *own = mmap(place(3) - around, around, PROT_READ | PROT_WRITE,
                      MAP_PRIVATE | MAP_ANONYMOUS | MAP_FIXED | MAP_NORESERVE, -1, 0);
  bool empty = true;
  for (size_t at = 0; at < around; at += 4096)
    empty &= own[at] == 0;
  fact(empty && right(3) && right(4), "the program's own memory below");
  empty = true;
  for (size_t at = 0; at < around; at += 64)
    empty &= own[at] == 0;
  fact(empty, "still empty");
  // With signals all the time.
  on(SIGUSR1, handler, SA_RESTART);
  timer_t timer = every(SIGUSR1, 50000);
  good = 0;
  for (int round = 0; round < 50; round++)
    good += right(5) && right(6);
  timer_delete(timer);
  printf("with signals: %d\n", good);
  // Moved from far away to the middle, and back.
  uint8_t *middle = pages(LENGTH, PROT_READ);
  mremap(place(5), LENGTH, LENGTH, MREMAP_MAYMOVE | MREMAP_FIXED, middle);
  bool calls_right = true;
  for (int site = 0; site < SITES; site++)
    calls_right &=
        all_give((site_function *)(middle + site * SITE_LENGTH), 4, site & 1 ? id : parent);
  mremap(middle, LENGTH, LENGTH, MREMAP_MAYMOVE | MREMAP_FIXED, place(5));
  fact(calls_right && right(5), "moved");
  // Threads in some, while others come and go.
  pthread_t threads[2];
  for (long number = 0; number < 2; number++)
    pthread_create(&threads[number], NULL, calls, (void *)(6 + number));
  good = 0;
  for (int round = 0; round < 10; round++)
    good += make(round % 5) && right(round % 5);
  over = true;
  for (int number = 0; number < 2; number++) {
    void *wrong;
    pthread_join(threads[number], &wrong);
    good += !wrong;
  }
  printf("with threads: %d\n", good);
  return finish();
}
