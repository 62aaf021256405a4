// SPDX-License-Identifier: Apache-2.0 WITH Swift-exception
// Trials of kernel features that Swift cannot make itself.

#ifndef SYSWEIR_CPROBE_H
#define SYSWEIR_CPROBE_H

/// What `probe_try` can try.
enum probe_trial {
  PROBE_USER_DISPATCH,
  PROBE_USER_DISPATCH_INCLUSIVE,
  PROBE_SECCOMP_TRAP,
  PROBE_SECCOMP_NOTIFY,
  PROBE_MSEAL,
  PROBE_MEMORY_MAP,
  PROBE_EXECUTABLE_LINK,
  PROBE_INT80,
  PROBE_CLONE3,
};

enum {
  /// The kernel took the request, but what it promises did not come about.
  PROBE_SILENT = 254,
  /// No child could be made or waited for.
  PROBE_NO_CHILD = 255,
};

/// Exists because syscall(2) is variadic, which Swift does not import.
/// Returns the result, or -errno.
long probe_call(long number, long a, long b, long c, long d, long e, long f);

/// Exists because a trial may arm, seal or end its process, and Swift can neither fork nor run in
/// the child of a threaded process.
/// Returns 0 if it works, PROBE_SILENT or PROBE_NO_CHILD, another positive errno if the kernel
/// refused, or the negative number of the signal that ended the child.
int probe_try(enum probe_trial trial);

/// Exist because the C library shows them to GNU programs only, and Swift imports it as another.
/// The name, and the meaning, of an error; "unknown" if there is none. The text lives for ever.
const char *probe_error_name(int error);
const char *probe_error_meaning(int error);
/// A value of the auxiliary vector, 0 if it is not there.
unsigned long probe_auxiliary(unsigned long type);

#endif
