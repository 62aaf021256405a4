// SPDX-License-Identifier: Apache-2.0 WITH Swift-exception
// Prints the nanoseconds of one call: loop getppid|unknown

#include "calls.h"

int main(int argc, char **argv) {
  time_calls(argc > 1 ? argv[1] : "getppid");
  return 0;
}
