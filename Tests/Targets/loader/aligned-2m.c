// SPDX-License-Identifier: Apache-2.0 WITH Swift-exception
// Segments aligned to 2 MiB.
// flags: -Wl,-z,max-page-size=0x200000
#include "segments.h"

int main(void) {
  start();
  return check_segments();
}
