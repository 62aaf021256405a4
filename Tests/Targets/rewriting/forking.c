// SPDX-License-Identifier: Apache-2.0 WITH Swift-exception
// Forks, vforks and executions while sites become hot; children call the same sites.
#include "site.h"

enum { SITES = 1024, LENGTH = SITES * SITE_LENGTH };
static uint8_t *volatile current;
static volatile bool over;
static volatile int wrong;

static uint8_t *make(void) {
  uint8_t *memory = pages(LENGTH, PROT_READ | PROT_WRITE);
  for (int site = 0; site < SITES; site++)
    put_site(memory + site * SITE_LENGTH, site & 1 ? SYS_getpid : SYS_getppid, site & 2);
  seal(memory, LENGTH);
  return memory;
}

static bool right(uint8_t *memory, int site, long id, long parent) {
  return all_give((site_function *)(memory + site * SITE_LENGTH), 3, site & 1 ? id : parent);
}

/// Makes sites hot one after the other, again and again in fresh memory.
static void *heats(void *unused) {
  (void)unused;
  long id = getpid(), parent = getppid();
  while (!over) {
    uint8_t *memory = make(), *old = current;
    current = memory;
    for (int site = 0; site < SITES && !over; site++)
      if (!right(memory, site, id, parent))
        wrong = wrong + 1;
    if (over)
      break;
    (void)old; // children of the last moment may still be looking at it
  }
  return NULL;
}

static bool child_works(uint8_t *memory, int round) {
  long id = getpid(), parent = getppid();
  for (int site = 0; site < 64; site++)
    if (!right(memory, (site * 16 + round) % SITES, id, parent))
      return false;
  return true;
}

static void *runs(void *argument) {
  return child_works(current, *(int *)argument) ? NULL : argument;
}

int main(int argc, char **argv) {
  start();
  if (argc > 1)
    return child_works(make(), 0) ? 6 : 1;
  pthread_t thread;
  current = make();
  pthread_create(&thread, NULL, heats, NULL);
  int good = 0;
  for (int round = 0; round < 200; round++) {
    pid_t child = fork();
    if (child == 0) {
      bool works = child_works(current, round);
      // Every tenth child has a thread of its own, and a child.
      if (round % 10 == 0) {
        pthread_t other;
        void *value;
        pthread_create(&other, NULL, runs, &round);
        works &= child_works(current, round + 7);
        pthread_join(other, &value);
        works &= value == NULL;
        pid_t grandchild = fork();
        if (grandchild == 0)
          _exit(child_works(current, round + 3) ? 4 : 1);
        int status;
        waitpid(grandchild, &status, 0);
        works &= WIFEXITED(status) && WEXITSTATUS(status) == 4;
      }
      _exit(works ? 3 : 1);
    }
    good += strcmp(wait_for(child), "exit 3") == 0;
  }
  printf("forks: %d\n", good);
  good = 0;
  for (volatile int round = 0; round < 20; round++) {
    pid_t child = vfork();
    if (child == 0) {
      execl("/proc/self/exe", argv[0], "executed", NULL);
      _exit(1);
    }
    good += strcmp(wait_for(child), "exit 6") == 0;
  }
  printf("executions: %d\n", good);
  good = 0;
  for (volatile int round = 0; round < 20; round++) {
    // A vfork child makes fresh sites hot in memory that it shares.
    uint8_t *memory = make();
    pid_t child = vfork();
    if (child == 0)
      _exit(child_works(memory, round) ? 9 : 1);
    good += strcmp(wait_for(child), "exit 9") == 0;
    good += child_works(memory, round);
  }
  printf("shared memory: %d\n", good);
  over = true;
  pthread_join(thread, NULL);
  printf("wrong: %d\n", wrong);
  return finish();
}
