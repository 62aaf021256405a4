// SPDX-License-Identifier: Apache-2.0 WITH Swift-exception
// The trials, each run in a child of its own; 0, an errno or PROBE_SILENT.

#ifndef SYSWEIR_TRIAL_H
#define SYSWEIR_TRIAL_H

#include "CProbe.h"

/// Exists because only C can give a handler the shape that SIGSYS needs: tells what came.
struct probe_caught {
  int code, error;
};
/// Forgets what came before, and catches SIGSYS from now on.
void probe_catch(void);
/// What the last SIGSYS said; all zero if none came.
struct probe_caught probe_caught(void);

// Exist because they arm or filter the calling process, which must then not return to Swift.
int probe_user_dispatch(void);
int probe_user_dispatch_inclusive(void);
int probe_seccomp_trap(void);
int probe_seccomp_notify(void);

// Exist because what they change in their process cannot be taken back.
int probe_mseal(void);
int probe_memory_map(int with_executable);

// Exist because Swift has no inline assembly and no way to be the child of a clone.
int probe_int80(void);
int probe_clone3(void);

#endif
