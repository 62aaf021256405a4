// SPDX-License-Identifier: Apache-2.0 WITH Swift-exception
// Arguments and environment arrive as they were given: many, long, empty ones, and none.
// args: begin
#include "../target.h"

static char big[100001];

int main(int argc, char **argv) {
  start();
  const char *mode = argc > 1 ? argv[1] : "";
  if (strcmp(mode, "begin") == 0) {
    memset(big, 'x', sizeof big - 1);
    char *arguments[] = {argv[0], "kinds", "", "with blank", "\xff\xfe\n\t", big, "*", NULL};
    char *environment[] = {"ONE=1", "", "no equals sign", "TWO=2=3", "ONE=again", NULL};
    execve(argv[0], arguments, environment);
  } else if (strcmp(mode, "kinds") == 0) {
    printf("%d arguments\n", argc);
    memset(big, 'x', sizeof big - 1);
    fact(argv[2][0] == 0, "empty");
    fact(strcmp(argv[3], "with blank") == 0, "with a blank");
    fact(strcmp(argv[4], "\xff\xfe\n\t") == 0, "of any bytes");
    fact(strcmp(argv[5], big) == 0, "long");
    fact(strcmp(argv[6], "*") == 0 && argv[7] == NULL, "last");
    for (char **variable = environ; *variable; variable++)
      printf("variable: '%s'\n", *variable);
    static char *many[1003];
    many[0] = argv[0];
    many[1] = "many";
    static char numbers[1000][8];
    for (int index = 0; index < 1000; index++) {
      snprintf(numbers[index], sizeof numbers[index], "%d", index);
      many[index + 2] = numbers[index];
    }
    char *none[] = {NULL};
    execve(argv[0], many, none);
  } else if (strcmp(mode, "many") == 0) {
    printf("%d arguments\n", argc);
    bool all = true;
    for (int index = 0; index < 1000; index++)
      all &= atoi(argv[index + 2]) == index;
    fact(all, "all there");
    fact(environ[0] == NULL, "environment empty");
    char *arguments[] = {argv[0], "no environment", NULL};
    syscall(SYS_execve, argv[0], arguments, NULL);
  } else {
    printf("%d arguments: %s\n", argc, argv[1]);
    fact(environ[0] == NULL, "environment still empty");
    return finish() ? 1 : 6;
  }
  printf("wrong: execve gives %s\n", result(-1));
  return 1;
}
