// SPDX-License-Identifier: Apache-2.0 WITH Swift-exception
// Switching off the dispatch of system calls, which the program never switched on, is allowed.
#include "../target.h"

int main(void) {
  start();
  enum { set_dispatch = 59, off = 0, on_value = 1 };
  printf("off: %s\n", raw_result(raw(SYS_prctl, set_dispatch, off, 0, 0, 0, 0)));
  fact(raw(SYS_getppid, 0, 0, 0, 0, 0, 0) == getppid(), "calls go on");
  printf("off with arguments: %s\n", raw_result(raw(SYS_prctl, set_dispatch, off, 16, 0, 0, 0)));
  printf("unknown mode: %s\n", raw_result(raw(SYS_prctl, set_dispatch, 99, 0, 0, 0, 0)));
  printf("a range that wraps: %s\n",
         raw_result(raw(SYS_prctl, set_dispatch, on_value, 4096, -4096, 0, 0)));
  printf("a selector in the kernel: %s\n",
         raw_result(raw(SYS_prctl, set_dispatch, on_value, 0, 0, -4096, 0)));
  signal(SIGSYS, SIG_IGN);
  raise(SIGSYS);
  fact(raw(9999, 0, 0, 0, 0, 0, 0) == -ENOSYS, "unknown number");
  return finish();
}
