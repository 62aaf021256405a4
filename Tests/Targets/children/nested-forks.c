// SPDX-License-Identifier: Apache-2.0 WITH Swift-exception
// Forks nested six deep: each child forks the next and adds one to its status.
#include "../target.h"

static int descend(int depth) {
  if (depth == 0)
    return 0;
  fflush(stdout);
  pid_t child = fork();
  if (child == 0)
    _exit(descend(depth - 1));
  int status = 0;
  waitpid(child, &status, 0);
  printf("depth %d: %s\n", depth, ending(status));
  return WIFEXITED(status) ? WEXITSTATUS(status) + 1 : 100;
}

int main(void) {
  start();
  printf("sum: %d\n", descend(6));
  return finish();
}
