// SPDX-License-Identifier: Apache-2.0 WITH Swift-exception
// A static program of fixed addresses.
// flags: -static -no-pie
#include "shape.h"

int main(void) {
  start();
  return check_shape();
}
