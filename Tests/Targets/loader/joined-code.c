// SPDX-License-Identifier: Apache-2.0 WITH Swift-exception
// Segments that share pages of the file.
// flags: -Wl,-z,noseparate-code
#include "segments.h"

int main(void) {
  start();
  return check_segments();
}
