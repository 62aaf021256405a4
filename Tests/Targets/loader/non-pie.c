// SPDX-License-Identifier: Apache-2.0 WITH Swift-exception
// A dynamic program of fixed addresses.
// flags: -no-pie -fno-pie
#include "shape.h"

int main(void) {
  start();
  return check_shape();
}
