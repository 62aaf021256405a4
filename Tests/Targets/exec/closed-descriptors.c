// SPDX-License-Identifier: Apache-2.0 WITH Swift-exception
// A program executed with every descriptor closed finds none open, and its first gets number 0.
#include "../target.h"

int main(int argc, char **argv) {
  if (argc > 1) {
    for (int descriptor = 0; descriptor < 1024; descriptor++)
      if (fcntl(descriptor, F_GETFD) != -1)
        _exit(descriptor + 100);
    _exit(open("/dev/null", O_RDWR) == 0 && dup(0) == 1 ? 80 : 1);
  }
  start();
  pid_t child = fork();
  if (child == 0) {
    close_range(0, ~0U, 0);
    execl(argv[0], argv[0], "none", NULL);
    _exit(2);
  }
  printf("all closed: %s\n", wait_for(child));
  child = fork();
  if (child == 0) {
    close_range(0, ~0U, CLOSE_RANGE_CLOEXEC);
    execl(argv[0], argv[0], "none", NULL);
    _exit(2);
  }
  printf("all closed on execution: %s\n", wait_for(child));
  child = fork();
  if (child == 0) {
    fcntl(0, F_SETFD, FD_CLOEXEC);
    close(1);
    close(2);
    execl(argv[0], argv[0], "none", NULL);
    _exit(2);
  }
  printf("three closed: %s\n", wait_for(child));
  return finish();
}
