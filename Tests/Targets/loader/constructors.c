// SPDX-License-Identifier: Apache-2.0 WITH Swift-exception
// Constructors, destructors, exit handlers and an indirect function run in their order.
#include "../target.h"

static int count(void) { return 42; }
static int (*choose(void))(void) { return count; }
int chosen(void) __attribute__((ifunc("choose")));

static void before(void) { puts("preinit"); }
__attribute__((section(".preinit_array"), used)) static void (*preinit)(void) = before;

__attribute__((constructor(101))) static void first(void) { puts("constructor 101"); }
__attribute__((constructor(102))) static void second(void) { puts("constructor 102"); }
__attribute__((constructor)) static void last(void) { puts("constructor"); }
__attribute__((destructor(101))) static void last_end(void) { puts("destructor 101"); }
__attribute__((destructor(102))) static void second_end(void) { puts("destructor 102"); }
__attribute__((destructor)) static void first_end(void) { puts("destructor"); }
static void leaving(void) { puts("exit handler"); }

int main(void) {
  start();
  atexit(leaving);
  printf("indirect function: %d\n", chosen());
  puts("main");
  return 3;
}
