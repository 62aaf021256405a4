// SPDX-License-Identifier: Apache-2.0 WITH Swift-exception
// Thread-local variables of a static program.
// flags: -static
#include "thread-local.h"

int main(void) {
  start();
  return check_thread_local();
}
