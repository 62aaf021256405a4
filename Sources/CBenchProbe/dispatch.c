// SPDX-License-Identifier: Apache-2.0 WITH Swift-exception
// Ways by Syscall User Dispatch. It ends at fork and exec: children are not armed.

#define _GNU_SOURCE
#include "probe.h"

#include <errno.h>
#include <sys/prctl.h>

enum { SET_USER_DISPATCH = 59, DISPATCH_ON = 1, ALLOW = 0 };

int arm_nothing(struct bench_task *task) {
  (void)task;
  return 0;
}

int arm_dispatch_range(struct bench_task *task) {
  (void)task;
  return prctl(SET_USER_DISPATCH, DISPATCH_ON, 0, ~0UL, 0) ? errno : 0;
}

int arm_dispatch_selector(struct bench_task *task) {
  static char selector = ALLOW;
  (void)task;
  return prctl(SET_USER_DISPATCH, DISPATCH_ON, 0, 0, &selector) ? errno : 0;
}

int arm_dispatch_handler(struct bench_task *task) {
  (void)task;
  int error = bare_install();
  if (error)
    return error;
  unsigned long length = (unsigned long)(__stop_bare - __start_bare);
  return prctl(SET_USER_DISPATCH, DISPATCH_ON, __start_bare, length, 0) ? errno : 0;
}
