// SPDX-License-Identifier: Apache-2.0 WITH Swift-exception
// Standard input arrives, through an execution as well.
// stdin: first line of the input
#include "../target.h"

int main(int argc, char **argv) {
  start();
  char text[64] = {0};
  read(0, text, argc > 1 ? sizeof text - 1 : 6);
  printf("%s%s", text, argc > 1 ? "" : "|\n");
  if (argc == 1)
    execl(argv[0], argv[0], "rest", NULL);
  printf("at the end: %zd\n", read(0, text, 1));
  return finish();
}
