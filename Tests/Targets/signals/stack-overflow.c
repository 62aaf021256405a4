// SPDX-License-Identifier: Apache-2.0 WITH Swift-exception
// A stack overflow is caught on the alternate stack and left by a jump, in several threads.
// flags: -Wno-infinite-recursion
#include "../target.h"
#include <setjmp.h>

static __thread sigjmp_buf back;
static __thread volatile int depth;

static void handler(int signal) {
  (void)signal;
  siglongjmp(back, 1);
}

__attribute__((noinline)) static int deeper(int level) {
  volatile char block[4000];
  block[0] = (char)level;
  depth = level;
  return deeper(level + 1) + block[0];
}

static int overflow(void) {
  char *stack = malloc(65536);
  stack_t alternate = {stack, 0, 65536};
  sigaltstack(&alternate, NULL);
  volatile int caught = 0;
  for (volatile int round = 0; round < 3; round++) {
    if (sigsetjmp(back, 1) == 0)
      deeper(0);
    else
      caught += depth > 10;
  }
  return caught;
}

static void *thread(void *unused) {
  (void)unused;
  return (void *)(long)overflow();
}

int main(void) {
  start();
  struct sigaction action = {.sa_handler = handler, .sa_flags = SA_ONSTACK};
  sigaction(SIGSEGV, &action, NULL);
  printf("main thread: %d\n", overflow());
  pthread_t threads[3];
  pthread_attr_t attributes;
  pthread_attr_init(&attributes);
  pthread_attr_setstacksize(&attributes, 262144);
  for (int index = 0; index < 3; index++)
    pthread_create(&threads[index], &attributes, thread, NULL);
  for (int index = 0; index < 3; index++) {
    void *caught;
    pthread_join(threads[index], &caught);
    printf("thread: %ld\n", (long)caught);
  }
  puts("done");
  return 0;
}
