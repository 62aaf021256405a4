// SPDX-License-Identifier: Apache-2.0 WITH Swift-exception
// How a process can end: by which call, from which thread, with which status.
#include "../target.h"

static void *exit_thread(void *status) {
  exit((int)(long)status);
  return NULL;
}
static void *group_thread(void *status) {
  syscall(SYS_exit_group, status);
  return NULL;
}
static void *late_thread(void *unused) {
  (void)unused;
  sleep_ms(30);
  _exit(25);
}

static void in_child(const char *what, int way) {
  fflush(stdout);
  pid_t child = fork();
  if (child == 0) {
    pthread_t thread;
    switch (way) {
    case 0:
      exit(300); // only eight bits are kept
    case 1:
      raw(SYS_exit, 7, 0, 0, 0, 0, 0);
      break;
    case 2:
      raw(SYS_exit_group, -1, 0, 0, 0, 0, 0);
      break;
    case 3:
      pthread_create(&thread, NULL, exit_thread, (void *)8);
      pthread_join(thread, NULL);
      break;
    case 4:
      pthread_create(&thread, NULL, group_thread, (void *)9);
      pause();
      break;
    case 5: // the first thread ends alone, the status is the later one's
      pthread_create(&thread, NULL, late_thread, NULL);
      raw(SYS_exit, 10, 0, 0, 0, 0, 0);
      break;
    case 6:
      quick_exit(11);
    }
    _exit(99);
  }
  printf("%s: %s\n", what, wait_for(child));
}

int main(void) {
  start();
  in_child("exit 300", 0);
  in_child("raw exit", 1);
  in_child("exit_group -1", 2);
  in_child("exit in a thread", 3);
  in_child("exit_group in a thread", 4);
  in_child("first thread ends alone", 5);
  in_child("quick_exit", 6);
  return 42;
}
