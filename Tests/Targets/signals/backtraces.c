// SPDX-License-Identifier: Apache-2.0 WITH Swift-exception
// A backtrace from a handler passes the interrupted call and reaches main.
// flags: -rdynamic -fno-omit-frame-pointer -fno-optimize-sibling-calls
#include "../target.h"
#include <execinfo.h>

static int ends[2];
static void *frames[64];
static volatile int count;

static void handler(int signal) {
  (void)signal;
  count = backtrace(frames, 64);
  write(ends[1], "x", 1);
}

// Symbols read "PATH(NAME+OFFSET) [ADDRESS]", and the path may hold the name too.
static bool has(const char *name) {
  char **symbols = backtrace_symbols(frames, count);
  bool found = false;
  for (int index = 0; index < count; index++) {
    char *at = strrchr(symbols[index], '(');
    size_t length = strlen(name);
    found |= at && !strncmp(at + 1, name, length) && at[1 + length] == '+';
  }
  free(symbols);
  return found;
}

__attribute__((noinline)) long blocking_function(void) {
  char byte;
  long value = read(ends[0], &byte, 1);
  __asm__ volatile("" : "+r"(value));
  return value;
}

__attribute__((noinline)) void raising_function(void) {
  raise(SIGUSR1);
  __asm__ volatile("");
}

__attribute__((noinline)) void faulting_function(void) {
  __asm__ volatile("ud2");
  __asm__ volatile("");
}

static void skip(int signal, siginfo_t *info, void *context) {
  (void)signal, (void)info;
  count = backtrace(frames, 64);
  ((ucontext_t *)context)->uc_mcontext.gregs[REG_RIP] += 2;
}

int main(void) {
  start();
  backtrace(frames, 1); // loads what it needs
  pipe(ends);
  struct sigaction action = {.sa_handler = handler, .sa_flags = SA_RESTART};
  sigaction(SIGUSR1, &action, NULL);
  // The first signal may come too early.
  bool ended = true, blocked_seen = false, main_seen = true;
  for (int round = 0; round < 20 && !blocked_seen; round++) {
    timer_t timer = every(SIGUSR1, 20000000);
    ended &= blocking_function() == 1;
    timer_delete(timer);
    blocked_seen |= has("blocking_function");
    main_seen &= has("main");
  }
  fact(ended, "the call ended");
  fact(blocked_seen, "the blocked function");
  fact(main_seen, "main");
  count = 0;
  raising_function();
  fact(has("raising_function") && has("main"), "the raising function and main");
  on(SIGILL, skip, 0);
  count = 0;
  faulting_function();
  fact(has("faulting_function") && has("main"), "the faulting function and main");
  static char stack[65536];
  stack_t alternate = {stack, 0, sizeof stack};
  sigaltstack(&alternate, NULL);
  on(SIGILL, skip, SA_ONSTACK);
  count = 0;
  faulting_function();
  fact(has("faulting_function") && has("main"), "the same from the alternate stack");
  return finish();
}
