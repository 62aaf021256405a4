// SPDX-License-Identifier: Apache-2.0 WITH Swift-exception
// Handlers that interrupt the program everywhere, even in allocation and printing, do no harm.
#include "../target.h"

static volatile int handled;
static void handler(int signal, siginfo_t *info, void *context) {
  (void)signal, (void)info;
  handled++;
  // Calls that say where they are, and a change that is undone at the return.
  sigset_t set;
  sigprocmask(SIG_BLOCK, NULL, &set);
  stack_t stack;
  sigaltstack(NULL, &stack);
  getppid();
  struct sigaction action;
  sigaction(SIGUSR2, NULL, &action);
  ((ucontext_t *)context)->uc_mcontext.gregs[REG_CR2] = 0;
}

int main(void) {
  start();
  on(SIGUSR1, handler, SA_RESTART);
  FILE *null = fopen("/dev/null", "w");
  timer_t timer = every(SIGUSR1, 200000);
  long sum = 0;
  char *blocks[64] = {0};
  for (int round = 0; round < 20000 || handled < 20; round++) {
    int index = round % 64;
    free(blocks[index]);
    blocks[index] = malloc((size_t)(round % 5000) + 1);
    blocks[index][0] = (char)round;
    if (round < 20000)
      sum += blocks[index][0];
    fprintf(null, "%d %f %s\n", round, round * 0.5, "text");
    if (round % 500 == 0)
      fflush(null);
  }
  timer_delete(timer);
  printf("sum: %ld\n", sum);
  fact(handled >= 20, "handlers");
  return finish();
}
