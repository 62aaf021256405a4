// SPDX-License-Identifier: Apache-2.0 WITH Swift-exception
// An alternate stack of the least size is enough for a handler; a frame that does not fit kills.
#include "../target.h"

static volatile int caught;
static void handler(int signal) { caught = signal; }

static int run(size_t size) {
  // Right above a page that cannot be written, so that nothing below it is used.
  size_t pages = (size + 4095) / 4096 * 4096;
  char *low = mmap(NULL, pages + 4096, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
  mprotect(low, 4096, PROT_NONE);
  stack_t alternate = {low + 4096, 0, size};
  if (sigaltstack(&alternate, NULL) != 0)
    return 90;
  struct sigaction action = {.sa_handler = handler, .sa_flags = SA_ONSTACK};
  sigaction(SIGUSR1, &action, NULL);
  for (int round = 0; round < 100; round++) {
    caught = 0;
    raise(SIGUSR1);
    if (caught != SIGUSR1)
      return 91;
  }
  return 0;
}

static void in_child(const char *what, size_t size) {
  pid_t child = fork();
  if (child == 0)
    _exit(run(size));
  printf("%s: %s\n", what, wait_for(child));
}

int main(void) {
  start();
  size_t least = getauxval(AT_MINSIGSTKSZ);
  in_child("AT_MINSIGSTKSZ + 64", least + 64);
  in_child("AT_MINSIGSTKSZ + 1024", least + 1024);
  in_child("two pages", 8192);
  in_child("2047 bytes", 2047);
  // The frame of a processor with wide registers does not fit into 2048 bytes.
  pid_t child = fork();
  if (child == 0)
    _exit(run(2048));
  int status;
  waitpid(child, &status, 0);
  if (least > 2048 + 512)
    fact(WIFSIGNALED(status) && WTERMSIG(status) == SIGSEGV, "2048 bytes: as the processor has it");
  else
    fact(WIFEXITED(status) || WTERMSIG(status) == SIGSEGV, "2048 bytes: as the processor has it");
  return finish();
}
