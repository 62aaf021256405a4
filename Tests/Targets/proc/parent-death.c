// SPDX-License-Identifier: Apache-2.0 WITH Swift-exception
// The signal for the parent's death comes when it ends, and is not inherited.
#include "../target.h"

static volatile int caught;
static void handler(int signal) { caught = signal; }

int main(void) {
  start();
  int told[2];
  pipe(told);
  prctl(PR_SET_CHILD_SUBREAPER, 1);
  pid_t child = fork();
  if (child == 0) {
    int ready[2];
    pipe(ready);
    prctl(PR_SET_PDEATHSIG, SIGHUP);
    if (fork() == 0) {
      int value = -1;
      prctl(PR_GET_PDEATHSIG, &value);
      bool inherited = value != 0;
      sigset_t set = set_of(SIGUSR1, 0), none = set_of(0, 0);
      sigprocmask(SIG_BLOCK, &set, NULL);
      signal(SIGUSR1, handler);
      prctl(PR_SET_PDEATHSIG, SIGUSR1);
      prctl(PR_GET_PDEATHSIG, &value);
      write(ready[1], "x", 1);
      while (!caught)
        sigsuspend(&none);
      char answer[3] = {inherited ? 'y' : 'n', value == SIGUSR1 ? 'y' : 'n',
                        caught == SIGUSR1 ? 'y' : 'n'};
      write(told[1], answer, 3);
      _exit(8);
    }
    char byte;
    read(ready[0], &byte, 1);
    _exit(7);
  }
  printf("parent: %s\n", wait_for(child));
  char answer[4] = {0};
  read(told[0], answer, 3);
  printf("inherited %c, told %c, came %c\n", answer[0], answer[1], answer[2]);
  int status;
  wait(&status);
  printf("child: %s\n", ending(status));
  printf("bad signal: %s\n", result(prctl(PR_SET_PDEATHSIG, 65)));
  return finish();
}
