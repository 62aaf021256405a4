// SPDX-License-Identifier: Apache-2.0 WITH Swift-exception
// With randomisation switched off all addresses stay, and the heap begins after the bss.
// flags: -pie -fPIE
#include "placement.h"

int main(int argc, char **argv) {
  if (argc > 1)
    tell_places();
  start();
  struct places one = run_placed(argv[0], ADDR_NO_RANDOMIZE);
  struct places two = run_placed(argv[0], ADDR_NO_RANDOMIZE);
  fact(one.program == two.program, "program stays");
  fact(one.stack == two.stack, "stack stays");
  fact(one.heap == two.heap, "heap stays");
  fact(one.libc == two.libc, "libc stays");
  fact(one.mapping == two.mapping, "mapping stays");
  fact(one.heap == ((one.bss_end + 4095) & ~4095UL), "heap begins after the bss");
  fact(run_placed(argv[0], 0).stack != one.stack, "stack varies without");
  return finish();
}
