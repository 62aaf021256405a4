// SPDX-License-Identifier: Apache-2.0 WITH Swift-exception
// A program started without arguments gets one that is empty; its environment is empty too.
#include "../target.h"

int main(int argc, char **argv) {
  start();
  if (argc == 1 && argv[0][0] == 0) {
    puts("one empty argument");
    fact(argv[1] == NULL, "argv ends");
    fact(environ && environ[0] == NULL, "environment empty");
    fact(getauxval(AT_PAGESZ) == 4096, "auxv follows");
    return finish();
  }
  printf("%s\n", argc == 1 ? "one argument" : "several");
  syscall(SYS_execve, argv[0], NULL, NULL);
  printf("execve: %s\n", result(-1));
  return 1;
}
