// SPDX-License-Identifier: Apache-2.0 WITH Swift-exception
// A static program that is placed anywhere.
// flags: -static-pie
#include "shape.h"

int main(void) {
  start();
  return check_shape();
}
