// SPDX-License-Identifier: Apache-2.0 WITH Swift-exception
// Descriptors are the program's: the lowest free one is what it expects while sites become hot.
#include "site.h"

enum { SITES = 512, LENGTH = SITES * SITE_LENGTH };
static volatile bool over;
static volatile int wrong, heated;
static int lowest;

static void heat(void) {
  uint8_t *memory = pages(LENGTH, PROT_READ | PROT_WRITE);
  for (int site = 0; site < SITES; site++)
    put_site(memory + site * SITE_LENGTH, SYS_getpid, site & 1);
  seal(memory, LENGTH);
  long id = getpid();
  for (int site = 0; site < SITES && !over; site++)
    if (!all_give((site_function *)(memory + site * SITE_LENGTH), 4, id))
      wrong = wrong + 1;
  munmap(memory, LENGTH);
  heated = heated + 1;
}

static void *heats(void *unused) {
  (void)unused;
  while (!over)
    heat();
  return NULL;
}

/// Shares descriptors but no memory.
static int only_child(void *unused) {
  (void)unused;
  for (int round = 0; round < 4000; round++) {
    int file = open("/dev/null", O_RDONLY);
    if (file != lowest)
      return 1;
    close(file);
  }
  return 2;
}

int main(void) {
  start();
  lowest = open("/dev/null", O_RDONLY);
  close(lowest);
  int before = open_descriptors();
  // A process that shares the descriptors alone opens and closes a file; it always has the same
  // number.
  static char stack[65536];
  pid_t child = clone(only_child, stack + sizeof stack, CLONE_FILES | SIGCHLD, NULL);
  int status = -1;
  while (waitpid(child, &status, WNOHANG) == 0)
    heat();
  printf("sharing descriptors: %s, wrong: %d\n", ending(status), wrong);
  // The same in a thread.
  pthread_t thread;
  pthread_create(&thread, NULL, heats, NULL);
  int others = 0;
  for (int round = 0; round < 20000 || heated < 3; round++) {
    int file = open("/dev/null", O_RDONLY);
    others += file != lowest;
    close(file);
  }
  over = true;
  pthread_join(thread, NULL);
  printf("other numbers: %d, wrong: %d, more open: %d\n", others, wrong,
         open_descriptors() - before);
  over = false;
  // With none left to open.
  struct rlimit limit = {16, 16};
  setrlimit(RLIMIT_NOFILE, &limit);
  int last = -1, next;
  while ((next = open("/dev/null", O_RDONLY)) >= 0)
    last = next;
  printf("last: %d\n", last);
  heat();
  printf("none left, alone: wrong %d\n", wrong);
  pthread_create(&thread, NULL, heats, NULL);
  heat();
  over = true;
  pthread_join(thread, NULL);
  over = false;
  printf("none left, two threads: wrong %d\n", wrong);
  // With all closed but one.
  for (int file = 0; file < 256; file++)
    if (file != 1)
      close(file);
  heat();
  printf("all closed: wrong %d, open %d\n", wrong, open_descriptors());
  fact(open("/dev/null", O_RDONLY) == 0, "the lowest is 0");
  return finish();
}
