// SPDX-License-Identifier: Apache-2.0 WITH Swift-exception
// A grandchild whose parent ends becomes the child of the one who declared to take such.
#include "../target.h"

int main(void) {
  start();
  printf("PR_SET_CHILD_SUBREAPER: %s\n", result(prctl(PR_SET_CHILD_SUBREAPER, 1)));
  int on = 0;
  prctl(PR_GET_CHILD_SUBREAPER, &on);
  printf("told: %d\n", on);
  pid_t us = getpid();
  pid_t child = fork();
  if (child == 0) {
    if (fork() == 0) {
      for (int tries = 0; tries < 5000 && getppid() != us; tries++)
        sleep_ms(1);
      _exit(getppid() == us ? 61 : 1);
    }
    _exit(60);
  }
  printf("child: %s\n", wait_for(child));
  int status;
  pid_t grandchild = wait(&status);
  fact(grandchild > 0 && grandchild != child, "the grandchild is ours");
  printf("grandchild: %s\n", ending(status));
  return finish();
}
