// SPDX-License-Identifier: Apache-2.0 WITH Swift-exception
// Threads that end by the system call, by the group, or killed with the whole process.
#include "../target.h"

static void *ending_raw(void *unused) {
  (void)unused;
  raw(SYS_exit, 3, 0, 0, 0, 0, 0);
  return NULL;
}

static void *faulting(void *unused) {
  (void)unused;
  sleep_ms(10);
  *(volatile int *)16 = 1;
  return NULL;
}

static void *forever(void *unused) {
  (void)unused;
  for (;;)
    pause();
  return NULL;
}

static void in_child(const char *what, void *(*function)(void *), bool join) {
  fflush(stdout);
  pid_t child = fork();
  if (child == 0) {
    pthread_t thread, others[3];
    for (int index = 0; index < 3; index++)
      pthread_create(&others[index], NULL, forever, NULL);
    pthread_create(&thread, NULL, function, NULL);
    if (join)
      pthread_join(thread, NULL);
    else
      pause();
    _exit(4);
  }
  printf("%s: %s\n", what, wait_for(child));
}

int main(void) {
  start();
  in_child("thread ends by the call", ending_raw, true);
  in_child("thread faults", faulting, false);
  pid_t child = fork();
  if (child == 0) {
    pthread_t thread;
    for (int index = 0; index < 3; index++)
      pthread_create(&thread, NULL, forever, NULL);
    sleep_ms(10);
    exit(6);
  }
  printf("exit with threads: %s\n", wait_for(child));
  child = fork();
  if (child == 0) {
    pthread_t thread;
    for (int index = 0; index < 3; index++)
      pthread_create(&thread, NULL, forever, NULL);
    return 7;
  }
  printf("return with threads: %s\n", wait_for(child));
  child = fork();
  if (child == 0) {
    pthread_t thread;
    for (int index = 0; index < 3; index++)
      pthread_create(&thread, NULL, forever, NULL);
    kill(getpid(), SIGKILL);
  }
  printf("killed with threads: %s\n", wait_for(child));
  return finish();
}
