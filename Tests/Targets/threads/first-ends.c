// SPDX-License-Identifier: Apache-2.0 WITH Swift-exception
// The first thread ends before the others; the process goes on and exits with their status.
#include "../target.h"

static void *late(void *unused) {
  (void)unused;
  sleep_ms(50);
  puts("the other thread goes on");
  fact(getpid() != gettid(), "it is not the first");
  char path[64], state = 0;
  snprintf(path, sizeof path, "/proc/self/task/%d/stat", getpid());
  for (int tries = 0; tries < 5000 && state != 'Z'; tries++) {
    FILE *file = fopen(path, "r");
    if (file) {
      fscanf(file, "%*d %*s %c", &state);
      fclose(file);
    }
    sleep_ms(1);
  }
  printf("the first thread is in state %c\n", state ? state : '?');
  fact(kill(getpid(), 0) == 0, "the process exists");
  pid_t child = fork();
  if (child == 0)
    _exit(getppid() > 0 ? 8 : 1);
  printf("child: %s\n", wait_for(child));
  exit(21);
}

int main(void) {
  start();
  pthread_t thread;
  pthread_create(&thread, NULL, late, NULL);
  pthread_exit(NULL);
}
