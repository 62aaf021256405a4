// SPDX-License-Identifier: Apache-2.0 WITH Swift-exception
// A backtrace from a handler that interrupted a blocked call at a site called before.
// flags: -rdynamic -fno-omit-frame-pointer -fno-optimize-sibling-calls
#include "site.h"
#include <execinfo.h>

SHORT_SITE(reading_site, 0)
LONG_SITE(sleeping_site, 35)
static int ends[2];
static void *frames[64];
static volatile int count;

static void handler(int signal) {
  (void)signal;
  count = backtrace(frames, 64);
  write(ends[1], "x", 1);
}

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
  long value = reading_site(ends[0], (long)&byte, 1, 0, 0, 0);
  __asm__ volatile("" : "+r"(value));
  return value;
}

__attribute__((noinline)) long sleeping_function(void) {
  struct timespec time = {5, 0};
  long value = sleeping_site((long)&time, 0, 0, 0, 0, 0);
  __asm__ volatile("" : "+r"(value));
  return value;
}

static void look(const char *what, long (*function)(void), const char *name, const char *site) {
  bool seen = false, main_seen = true;
  // The first signal may come too early.
  for (int round = 0; round < 20 && !seen; round++) {
    timer_t timer = every(SIGUSR1, 20000000);
    function();
    timer_delete(timer);
    seen = has(name) && has(site);
    main_seen &= has("main");
  }
  fact(seen && main_seen, "%s", what);
}

int main(void) {
  start();
  backtrace(frames, 1); // loads what it needs
  pipe(ends);
  char byte;
  struct timespec little = {0, 1000};
  for (int round = 0; round < 5; round++) {
    write(ends[1], "x", 1);
    reading_site(ends[0], (long)&byte, 1, 0, 0, 0);
    sleeping_site((long)&little, 0, 0, 0, 0, 0);
  }
  struct sigaction action = {.sa_handler = handler, .sa_flags = SA_RESTART};
  sigaction(SIGUSR1, &action, NULL);
  look("restarted read", blocking_function, "blocking_function", "reading_site");
  action.sa_flags = 0;
  sigaction(SIGUSR1, &action, NULL);
  look("interrupted sleep", sleeping_function, "sleeping_function", "sleeping_site");
  return finish();
}
