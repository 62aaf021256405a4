// SPDX-License-Identifier: Apache-2.0 WITH Swift-exception
// Handlers left by siglongjmp two thousand times, from the usual and from the alternate stack.
#include "../target.h"
#include <setjmp.h>

static sigjmp_buf back;
static jmp_buf plain_back;
static volatile int jumps, plain, on_stack;
static char stack[65536];

static void handler(int signal) {
  char local;
  (void)signal;
  on_stack += &local >= stack && &local < stack + sizeof stack;
  siglongjmp(back, 1);
}

static void plain_handler(int signal) {
  (void)signal;
  longjmp(plain_back, 1);
}

int main(void) {
  start();
  for (volatile int way = 0; way < 4; way++) {
    stack_t alternate = {stack, 0, sizeof stack};
    sigaltstack(&alternate, NULL);
    struct sigaction action = {.sa_handler = handler, .sa_flags = way & 1 ? SA_ONSTACK : 0};
    sigaction(SIGUSR1, &action, NULL);
    sigaction(SIGSEGV, &action, NULL);
    jumps = on_stack = 0;
    for (volatile int round = 0; round < 2000; round++) {
      if (sigsetjmp(back, 1) == 0) {
        if (way & 2)
          *(volatile char *)16 = 1;
        else
          raise(SIGUSR1);
      } else {
        jumps++;
      }
    }
    sigset_t set = blocked();
    stack_t now;
    sigaltstack(NULL, &now);
    printf("way %d: jumps %d, on the alternate stack %d, blocked %s, flags %d\n", way, jumps,
           on_stack, names(&set), now.ss_flags);
  }
  // Without saving the mask the signal stays blocked.
  struct sigaction action = {.sa_handler = plain_handler};
  sigaction(SIGUSR1, &action, NULL);
  if (setjmp(plain_back) == 0)
    raise(SIGUSR1);
  else
    plain++;
  sigset_t set = blocked();
  printf("plain: jumps %d, blocked %s\n", plain, names(&set));
  set = set_of(SIGUSR1, 0);
  sigprocmask(SIG_UNBLOCK, &set, NULL);
  // System calls and signals go on as usual.
  action.sa_handler = handler;
  sigaction(SIGUSR1, &action, NULL);
  if (sigsetjmp(back, 1) == 0)
    kill(getpid(), SIGUSR1);
  else
    puts("once more");
  return finish();
}
