// SPDX-License-Identifier: Apache-2.0 WITH Swift-exception
// The environment passes to children and executed programs as it was changed.
#include "../target.h"

int main(int argc, char **argv) {
  start();
  if (argc > 1) {
    const char *one = getenv("SYSWEIR_TEST_ONE"), *two = getenv("SYSWEIR_TEST_TWO");
    printf("executed: one %s, two %s\n", one ? one : "unset", two ? two : "unset");
    fact(getenv("SYSWEIR_TEST_THREE") == NULL, "three unset");
    int count = 0;
    for (char **variable = environ; *variable; variable++)
      count++;
    printf("difference: %d\n", count - atoi(argv[1]));
    return 2;
  }
  unsetenv("SYSWEIR_TEST_ONE");
  unsetenv("SYSWEIR_TEST_TWO");
  int count = 0;
  for (char **variable = environ; *variable; variable++)
    count++;
  setenv("SYSWEIR_TEST_ONE", "first value", 1);
  setenv("SYSWEIR_TEST_TWO", "", 1);
  setenv("SYSWEIR_TEST_THREE", "gone", 1);
  unsetenv("SYSWEIR_TEST_THREE");
  char number[16];
  snprintf(number, sizeof number, "%d", count);
  pid_t child = fork();
  if (child == 0) {
    execl(argv[0], argv[0], number, NULL);
    _exit(1);
  }
  printf("%s\n", wait_for(child));
  fflush(stdout);
  system("echo \"shell: $SYSWEIR_TEST_ONE\"");
  return finish();
}
