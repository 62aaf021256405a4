// SPDX-License-Identifier: Apache-2.0 WITH Swift-exception
// A signal handler forks; both processes return from it.
#include "../target.h"

static volatile pid_t child = -1;
static volatile int depth;

static void handler(int signal) {
  (void)signal;
  depth++;
  child = fork();
}

static char stack[65536];

int main(void) {
  start();
  stack_t alternate = {stack, 0, sizeof stack};
  sigaltstack(&alternate, NULL);
  for (int round = 0; round < 2; round++) {
    struct sigaction action = {.sa_handler = handler, .sa_flags = round ? SA_ONSTACK : 0};
    sigaction(SIGUSR1, &action, NULL);
    volatile double number = 1.5;
    uint64_t kept = 0x123456789abcdef0;
    __asm__ volatile("" : "+r"(kept));
    raise(SIGUSR1);
    __asm__ volatile("" : "+r"(kept));
    bool good = number == 1.5 && kept == 0x123456789abcdef0;
    sigset_t set = blocked();
    good &= strcmp(names(&set), "none") == 0;
    if (child == 0)
      _exit(good ? 70 + round : 1);
    fact(good, "round %d: the parent goes on", round);
    printf("round %d: %s\n", round, wait_for(child));
  }
  printf("handlers: %d\n", depth);
  return finish();
}
