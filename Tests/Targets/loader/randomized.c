// SPDX-License-Identifier: Apache-2.0 WITH Swift-exception
// Addresses vary from run to run.
// flags: -pie -fPIE
#include "placement.h"

int main(int argc, char **argv) {
  if (argc > 1)
    tell_places();
  start();
  struct places places[4];
  for (int run = 0; run < 4; run++)
    places[run] = run_placed(argv[0], 0);
#define VARIES(FIELD)                                                                              \
  fact(places[0].FIELD != places[1].FIELD || places[1].FIELD != places[2].FIELD ||                 \
           places[2].FIELD != places[3].FIELD,                                                     \
       #FIELD " varies")
  VARIES(program);
  VARIES(stack);
  VARIES(heap);
  VARIES(libc);
  VARIES(mapping);
  bool gap_varies = false;
  for (int run = 1; run < 4; run++)
    gap_varies |= places[run].heap - places[run].bss_end != places[0].heap - places[0].bss_end;
  fact(gap_varies, "gap between bss and heap varies");
  return finish();
}
