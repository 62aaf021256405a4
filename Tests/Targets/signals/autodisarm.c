// SPDX-License-Identifier: Apache-2.0 WITH Swift-exception
// SS_AUTODISARM: the alternate stack is off inside its handler and on again afterwards.
#include "../target.h"

#ifndef SS_AUTODISARM
#define SS_AUTODISARM (1U << 31)
#endif

static char stack[65536], second[65536];
static stack_t inside, context_stack;
static const char *change;
static volatile bool on_it, nested_on_second;

static bool within(const char *area) {
  char local;
  return &local >= area && &local < area + 65536;
}

static void handler(int signal, siginfo_t *info, void *context) {
  (void)info;
  if (signal == SIGUSR2) {
    nested_on_second = within(second);
    return;
  }
  on_it = within(stack);
  sigaltstack(NULL, &inside);
  context_stack = ((ucontext_t *)context)->uc_stack;
  stack_t other = {second, 0, sizeof second};
  change = result(sigaltstack(&other, NULL));
  raise(SIGUSR2);
}

int main(void) {
  start();
  stack_t alternate = {stack, (int)SS_AUTODISARM, sizeof stack}, now;
  printf("set: %s\n", result(sigaltstack(&alternate, NULL)));
  sigaltstack(NULL, &now);
  printf("flags: %#x\n", (unsigned)now.ss_flags);
  on(SIGUSR1, handler, SA_ONSTACK);
  on(SIGUSR2, handler, SA_ONSTACK);
  for (int round = 0; round < 2; round++) {
    raise(SIGUSR1);
    fact(on_it, "handler on it");
    printf("inside: flags %#x, size %zu\n", (unsigned)inside.ss_flags, inside.ss_size);
    printf("change: %s\n", change);
    fact(nested_on_second, "nested handler on the second");
    fact(context_stack.ss_sp == stack, "the context has the first");
    printf("in the context: flags %#x\n", (unsigned)context_stack.ss_flags);
    sigaltstack(NULL, &now);
    fact(now.ss_sp == stack && now.ss_size == sizeof stack, "the first again");
    printf("flags: %#x\n", (unsigned)now.ss_flags);
  }
  return finish();
}
