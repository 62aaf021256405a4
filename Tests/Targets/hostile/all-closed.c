// SPDX-License-Identifier: Apache-2.0 WITH Swift-exception
// A process that closes every descriptor it could have, then forks and executes itself.
#include "../target.h"

int main(int argc, char **argv) {
  if (argc > 1) {
    for (int descriptor = 0; descriptor < 1024; descriptor++)
      close(descriptor);
    if (open("/dev/null", O_RDWR) != 0)
      _exit(1);
    _exit(argv[1][0] == 'x' ? 66 : 2);
  }
  start();
  fflush(stdout);
  pid_t child = fork();
  if (child == 0) {
    for (int descriptor = 0; descriptor < 1024; descriptor++)
      close(descriptor);
    for (int descriptor = 1024; descriptor < 70000; descriptor++)
      close(descriptor);
    signal(SIGUSR1, SIG_IGN);
    raise(SIGUSR1);
    pid_t grandchild = fork();
    if (grandchild == 0) {
      execl(argv[0], argv[0], "x", NULL);
      _exit(3);
    }
    int status = 0;
    waitpid(grandchild, &status, 0);
    if (!WIFEXITED(status) || WEXITSTATUS(status) != 66)
      _exit(4);
    // In place of every number, something else; a few are left for the dynamic linker.
    int null = open("/dev/null", O_RDWR);
    for (int descriptor = 0; descriptor < 1000; descriptor++)
      dup2(null, descriptor);
    execl(argv[0], argv[0], "x", NULL);
    _exit(5);
  }
  printf("%s\n", wait_for(child));
  return finish();
}
