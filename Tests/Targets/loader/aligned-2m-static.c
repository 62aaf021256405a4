// SPDX-License-Identifier: Apache-2.0 WITH Swift-exception
// A static position-independent program with segments aligned to 2 MiB.
// flags: -static-pie -Wl,-z,max-page-size=0x200000
#include "segments.h"

int main(void) {
  start();
  return check_segments();
}
