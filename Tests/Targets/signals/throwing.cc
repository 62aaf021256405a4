// SPDX-License-Identifier: Apache-2.0 WITH Swift-exception
// A handler of SIGSEGV or SIGFPE throws through the faulting code; the exception is caught.
// flags: -fnon-call-exceptions -fasynchronous-unwind-tables
#include "../target.h"
#include <stdexcept>

static volatile int destroyed;
struct Guard {
  ~Guard() { destroyed++; }
};

static void handler(int signal, siginfo_t *, void *) {
  throw std::runtime_error(signal == SIGSEGV ? "bad address" : "bad division");
}

__attribute__((noinline)) static int load(volatile int *address) {
  Guard guard;
  return *address;
}

__attribute__((noinline)) static int divide(volatile int *a, volatile int *b) {
  Guard guard;
  return *a / *b;
}

int main() {
  start();
  on(SIGSEGV, handler, SA_NODEFER);
  on(SIGFPE, handler, SA_NODEFER);
  int faults = 0, divisions = 0;
  volatile int one = 1, zero = 0;
  for (int round = 0; round < 200; round++) {
    try {
      load((volatile int *)16);
      puts("wrong: loaded");
    } catch (const std::runtime_error &error) {
      faults += strcmp(error.what(), "bad address") == 0;
    }
    try {
      divide(&one, &zero);
      puts("wrong: divided");
    } catch (const std::exception &error) {
      divisions += strcmp(error.what(), "bad division") == 0;
    }
  }
  printf("caught: %d and %d, destroyed: %d\n", faults, divisions, destroyed);
  // On the alternate stack as well.
  static char stack[65536];
  stack_t alternate = {stack, 0, sizeof stack};
  sigaltstack(&alternate, nullptr);
  on(SIGSEGV, handler, SA_NODEFER | SA_ONSTACK);
  for (int round = 0; round < 3; round++) {
    try {
      load((volatile int *)32);
    } catch (const std::runtime_error &error) {
      printf("alternate stack: %s\n", error.what());
    }
  }
  return finish();
}
