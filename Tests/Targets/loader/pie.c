// SPDX-License-Identifier: Apache-2.0 WITH Swift-exception
// A dynamic program that is placed anywhere.
// flags: -pie -fPIE
#include "shape.h"

int main(void) {
  start();
  return check_shape();
}
