// SPDX-License-Identifier: Apache-2.0 WITH Swift-exception
// A program that executes itself thirty times neither gains descriptors nor loses its data.
// args: 0 begin
#include "../target.h"

static int data = 5;
static int zeros[1000];

int main(int argc, char **argv) {
  start();
  int depth = atoi(argv[1]);
  expect(argc == 3, "%d arguments at %d", argc, depth);
  expect(data == 5 && zeros[999] == 0, "data at %d", depth);
  expect(open_descriptors() == 3, "%d descriptors at %d", open_descriptors(), depth);
  data = zeros[999] = 1;
  if (depth == 30) {
    printf("depth %d, %s\n", depth, argv[2]);
    return finish() ? 1 : depth;
  }
  char next[16];
  snprintf(next, sizeof next, "%d", depth + 1);
  execl(argv[0], argv[0], next, depth % 2 ? "odd" : "even", NULL);
  return 99;
}
