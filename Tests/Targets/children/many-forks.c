// SPDX-License-Identifier: Apache-2.0 WITH Swift-exception
// Three hundred forks, one after the other, and fifty children at once.
#include "../target.h"

int main(void) {
  start();
  int good = 0;
  for (int round = 0; round < 300; round++) {
    pid_t child = fork();
    if (child == 0)
      _exit(round % 100);
    int status = 0;
    good += waitpid(child, &status, 0) == child && WIFEXITED(status) &&
            WEXITSTATUS(status) == round % 100;
  }
  printf("one after the other: %d\n", good);
  int gate[2], answers[2];
  pipe(gate);
  pipe(answers);
  for (int number = 0; number < 50; number++)
    if (fork() == 0) {
      char byte;
      close(gate[1]);
      read(gate[0], &byte, 1); // all wait until the parent closes its end
      write(answers[1], "x", 1);
      _exit(number);
    }
  close(gate[1]);
  close(answers[1]);
  int sum = 0, ended = 0, status;
  while (wait(&status) > 0) {
    ended++;
    sum += WEXITSTATUS(status);
  }
  char bytes[100];
  ssize_t got = 0, more;
  while ((more = read(answers[0], bytes, sizeof bytes)) > 0)
    got += more;
  printf("at once: %d, sum %d, answers %zd\n", ended, sum, got);
  return finish();
}
