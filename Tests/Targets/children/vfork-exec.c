// SPDX-License-Identifier: Apache-2.0 WITH Swift-exception
// After vfork the child executes a program, or fails to and tells why in the shared errno.
#include "../target.h"

int main(int argc, char **argv) {
  start();
  if (argc > 1) {
    printf("child: %s\n", argv[1]);
    return 9;
  }
  for (int round = 0; round < 3; round++) {
    volatile int failure = 0;
    pid_t child = vfork();
    if (child == 0) {
      char *arguments[] = {argv[0], "executed", NULL};
      execv(round == 1 ? "/nowhere/program" : argv[0], arguments);
      failure = errno;
      _exit(127);
    }
    printf("%s\n", wait_for(child));
    printf("failure: %s\n", failure ? strerrorname_np(failure) : "none");
  }
  // The parent may not go on before the execution: the close-on-exec end is closed by then.
  int descriptors[2];
  pipe2(descriptors, O_CLOEXEC);
  pid_t child = vfork();
  if (child == 0) {
    execl(argv[0], argv[0], "closed", NULL);
    _exit(127);
  }
  close(descriptors[1]);
  char byte;
  bool at_end = read(descriptors[0], &byte, 1) == 0;
  printf("%s\n", wait_for(child));
  fact(at_end, "end of file at once");
  return finish();
}
