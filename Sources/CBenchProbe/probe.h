// SPDX-License-Identifier: Apache-2.0 WITH Swift-exception
// The ways in which the probe lets its own calls be interposed.

#ifndef SYSWEIR_PROBE_H
#define SYSWEIR_PROBE_H

#include <CBenchCalls.h>

/// A way; `arm` changes the calling process so that it goes that way from then on.
struct way {
  const char *name;
  /// Gives 0 or an errno. A way with a second process returns in the first one's child only.
  int (*arm)(struct bench_task *task);
  /// Whether it makes sense without one call to look for, and stays over exec.
  int holds_over_exec;
};

// Exist because arming, filtering and tracing cannot be undone: each way has a process of its own.
int arm_nothing(struct bench_task *task);
int arm_dispatch_range(struct bench_task *task);
int arm_dispatch_selector(struct bench_task *task);
int arm_dispatch_handler(struct bench_task *task);
int arm_seccomp_cached(struct bench_task *task);
int arm_seccomp_allow(struct bench_task *task);
int arm_seccomp_errno(struct bench_task *task);
int arm_seccomp_trap(struct bench_task *task);
int arm_seccomp_notify(struct bench_task *task);
int arm_ptrace(struct bench_task *task);

/// The section of code that makes caught calls and must itself not be caught.
extern const char __start_bare[], __stop_bare[];
/// Catches SIGSYS; 0 or an errno.
int bare_install(void);

/// Answers every notification of the listener by "go on", until the asker, a child, has ended.
_Noreturn void bench_answer(int listener);

#endif
