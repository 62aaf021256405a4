// SPDX-License-Identifier: Apache-2.0 WITH Swift-exception
// SA_ONSTACK handlers run on the alternate stack, others do not; while on it, it cannot be changed.
#include "../target.h"

static char stack[65536], second[65536];
static volatile bool on_it, nested_on_it;
static volatile int flags_inside;
static const char *change, *disable;
static stack_t in_context;

static bool here(void) {
  char local;
  return &local >= stack && &local < stack + sizeof stack;
}

static void handler(int signal, siginfo_t *info, void *context) {
  (void)info;
  stack_t now;
  if (signal == SIGUSR2) {
    nested_on_it = here();
    return;
  }
  on_it = here();
  in_context = ((ucontext_t *)context)->uc_stack;
  sigaltstack(NULL, &now);
  flags_inside = now.ss_flags;
  stack_t other = {second, 0, sizeof second}, off = {NULL, SS_DISABLE, 0};
  change = result(sigaltstack(&other, NULL));
  disable = result(sigaltstack(&off, NULL));
  raise(SIGUSR2);
}

static void run(const char *what, int flags) {
  on(SIGUSR1, handler, flags);
  on(SIGUSR2, handler, flags);
  raise(SIGUSR1);
  printf("%s: inside flags %d, change %s, disable %s\n", what, flags_inside, change, disable);
  fact(on_it, "%s: on the alternate stack", what);
  fact(nested_on_it, "%s: the nested handler too", what);
}

int main(void) {
  start();
  stack_t now;
  sigaltstack(NULL, &now);
  printf("at first: flags %d, size %zu\n", now.ss_flags, now.ss_size);
  stack_t alternate = {stack, 0, sizeof stack}, old;
  sigaltstack(&alternate, &old);
  fact(old.ss_flags == SS_DISABLE, "disabled before");
  sigaltstack(NULL, &now);
  fact(now.ss_sp == stack && now.ss_size == sizeof stack && now.ss_flags == 0, "set");
  run("with SA_ONSTACK", SA_ONSTACK);
  fact(in_context.ss_sp == stack && in_context.ss_size == sizeof stack && in_context.ss_flags == 0,
       "told in the context");
  sigaltstack(NULL, &now);
  printf("afterwards: flags %d\n", now.ss_flags);
  any_wrong = false;
  run("without", 0);
  // Without the flag the handler above was allowed to disable it.
  sigaltstack(NULL, &now);
  printf("afterwards: flags %d\n", now.ss_flags);
  run("disabled", SA_ONSTACK);
  puts("done");
  return 0;
}
