// SPDX-License-Identifier: Apache-2.0 WITH Swift-exception
// Coroutines by swapcontext, also across handlers and with masks of their own.
#include "../target.h"

static ucontext_t main_context, one, two;
static char first_stack[65536], second_stack[65536];
static volatile int handled;
static int steps;

static void handler(int signal) {
  (void)signal;
  handled++;
}

static void body(int number) {
  for (int round = 0; round < 500; round++) {
    steps++;
    if (round % 50 == 0)
      raise(SIGUSR1);
    getppid();
    if (number == 1)
      swapcontext(&one, &two);
    else
      swapcontext(&two, &one);
  }
}

static ucontext_t in_handler;
static volatile int beside_steps;
static void beside(void) {
  for (;;) {
    sigset_t set = blocked();
    printf("beside the handler, blocked: %s\n", names(&set));
    set = set_of(0, 0);
    sigprocmask(SIG_SETMASK, &set, NULL);
    beside_steps++;
    swapcontext(&one, &in_handler);
  }
}

static void switching(int signal) {
  (void)signal;
  swapcontext(&in_handler, &one);
  sigset_t set = blocked();
  printf("back in the handler, blocked: %s\n", names(&set));
}

int main(void) {
  start();
  signal(SIGUSR1, handler);
  getcontext(&one);
  one.uc_stack = (stack_t){.ss_sp = first_stack, .ss_size = sizeof first_stack};
  one.uc_link = &main_context;
  makecontext(&one, (void (*)(void))body, 1, 1);
  getcontext(&two);
  two.uc_stack = (stack_t){.ss_sp = second_stack, .ss_size = sizeof second_stack};
  two.uc_link = &main_context;
  makecontext(&two, (void (*)(void))body, 1, 2);
  timer_t timer = every(SIGUSR1, 1000000);
  swapcontext(&main_context, &one);
  timer_delete(timer);
  fact(steps >= 999, "all steps");
  fact(handled >= 20, "handlers in them");

  // The mask belongs to the context.
  static volatile bool back;
  sigset_t set = set_of(SIGUSR2, 0), now;
  sigprocmask(SIG_BLOCK, &set, NULL);
  getcontext(&one);
  if (!back) {
    back = true;
    sigset_t none = set_of(SIGHUP, 0);
    sigprocmask(SIG_SETMASK, &none, NULL);
    setcontext(&one);
  }
  now = blocked();
  printf("blocked: %s\n", names(&now));
  sigprocmask(SIG_UNBLOCK, &set, NULL);

  // A handler steps aside to a coroutine and comes back.
  one.uc_stack = (stack_t){.ss_sp = first_stack, .ss_size = sizeof first_stack};
  makecontext(&one, beside, 0);
  sigset_t mask = set_of(SIGTERM, 0);
  memcpy(&one.uc_sigmask, &mask, sizeof mask);
  signal(SIGUSR2, switching);
  for (int round = 0; round < 3; round++)
    raise(SIGUSR2);
  printf("beside: %d\n", beside_steps);
  now = blocked();
  printf("blocked: %s\n", names(&now));
  return finish();
}
