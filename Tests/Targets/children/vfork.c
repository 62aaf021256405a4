// SPDX-License-Identifier: Apache-2.0 WITH Swift-exception
// A vfork child shares memory, and the parent goes on only after it ended.
#include "../target.h"

static volatile int value, nested;

__attribute__((noinline)) static pid_t once(int status) {
  pid_t child = vfork();
  if (child == 0) {
    sleep_ms(20);
    value = status;
    _exit(status);
  }
  return child;
}

static void *in_thread(void *unused) {
  (void)unused;
  pid_t child = once(77);
  fact(value == 77, "thread: value set");
  printf("thread: %s\n", wait_for(child));
  return NULL;
}

int main(void) {
  start();
  for (int round = 1; round <= 3; round++) {
    pid_t child = once(round);
    fact(value == round, "round %d: the child's write is seen at once", round);
    printf("round %d: %s\n", round, wait_for(child));
  }
  pid_t child = vfork();
  if (child == 0) {
    // The child of a child stops only its own parent.
    pid_t grandchild = vfork();
    if (grandchild == 0) {
      nested = 5;
      _exit(1);
    }
    nested = nested == 5 ? 6 : 0;
    _exit(2);
  }
  fact(nested == 6, "nested");
  printf("nested: %s\n", wait_for(child));
  child = vfork();
  if (child == 0) {
    kill(getpid(), SIGKILL);
    _exit(3);
  }
  printf("killed: %s\n", wait_for(child));
  pthread_t thread;
  pthread_create(&thread, NULL, in_thread, NULL);
  pthread_join(thread, NULL);
  for (volatile int round = 0; round < 100; round++) {
    child = vfork();
    if (child == 0) {
      value = round;
      _exit(round);
    }
    int status;
    waitpid(child, &status, 0);
    expect(value == round && WEXITSTATUS(status) == round, "of a hundred, round %d", round);
  }
  return finish();
}
