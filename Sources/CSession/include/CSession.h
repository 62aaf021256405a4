// SPDX-License-Identifier: Apache-2.0 WITH Swift-exception
// What the supervisor needs of the kernel and Swift cannot express.

#ifndef SYSWEIR_CSESSION_H
#define SYSWEIR_CSESSION_H

#include <stddef.h>
#include <stdint.h>

/// How the first process of a session starts.
struct csession_request {
  /// Descriptor of the monitor, which is executed.
  int image;
  /// Length of what AT_EXECFN is to show. The monitor is executed by a path of the same length, if
  /// that can be had, so that it can be written over where the kernel put it.
  size_t nameLength;
  /// Descriptors that the child keeps over its exec, `image` among them.
  const int *kept;
  size_t keptCount;
  char *const *arguments;
  char *const *environment;
  /// The signal mask that the child starts with.
  uint64_t mask;
  /// 1 if the child ignores SIGCHLD, as the supervisor did before it needed it.
  int ignoresChild;
};

/// Exists because Swift can neither fork nor run code in the child of a vfork.
/// Starts a child of the calling thread by execveat and returns its process id, or -errno.
/// The caller has every signal blocked.
int csession_start(const struct csession_request *request);

/// What the kernel had noted for the calling thread before `csession_hold`.
struct csession_claim {
  void *head;
  size_t length;
  uint32_t *word;
};

/// Exists because set_robust_list(2) keeps addresses of its argument, which a Swift value lacks.
/// Makes `word` a robust futex that the calling thread holds: when the thread ends without
/// `csession_release`, the kernel sets FUTEX_OWNER_DIED in it. One word at a time.
/// Returns 0 or -errno.
int csession_hold(struct csession_claim *claim, uint32_t *word);

/// Exists because it undoes `csession_hold`; to be called in the same thread.
void csession_release(struct csession_claim *claim);

/// Exists because prctl(2) is variadic, which Swift does not import.
/// Arms Syscall User Dispatch for the calling thread, with everything let through, and disarms it.
/// Returns 0 if the kernel offers it, -EBUSY inside another session, or -errno.
int csession_probe_user_dispatch(void);

/// Exists because syscall(2) is variadic, which Swift does not import.
/// Returns 0 if seccomp filters can trap, or -errno.
int csession_probe_seccomp_trap(void);

/// Exists because prctl(2) is variadic, which Swift does not import.
/// This process leaves no core from here on.
void csession_forbid_dump(void);

/// Exists because siginfo_t is a union of unions, which Swift cannot fill by name.
/// Sends a signal with a value, in the name of the process that sent it first.
int csession_queue(int process, int signal, int code, uint32_t sender, uint32_t user,
                   uint64_t value);

/// Exists because pidfd_open(2) has a wrapper only in newer C libraries.
/// Returns a descriptor with FD_CLOEXEC, or -errno.
int csession_open_process(int process);

/// Exists because Swift's view of the C library lacks fgetxattr(2).
/// Tells whether a file gives capabilities to those who execute it: 1 or 0.
int csession_has_capabilities(int descriptor);

/// Exists because Swift's view of the C library lacks F_SETLEASE.
/// Tells whether no other process has the file open or mapped: 1 or 0, or -errno.
int csession_is_alone(int descriptor);

/// Exists because a stopped process can do nothing, and Swift cannot fork.
/// Starts a process that continues this one by SIGCONT as soon as `process`, a child of this one,
/// is no longer stopped. The caller has every signal blocked. Returns its id, or -errno.
int csession_start_watch(int process);

/// Exists because it undoes `csession_start_watch`.
void csession_end_watch(int watch);

/// Exists because the Swift runtime offers this to C only.
/// A new string from malloc, or null if `name` is not one of Swift.
/// - Source: `swift/Demangling/Demangle.h` of the Swift compiler.
char *swift_demangle(const char *name, size_t length, char *buffer, size_t *size, uint32_t flags);

/// Flags of `csession_memory`, as the kernel has them.
enum {
  CSESSION_SEALABLE = 2,
  CSESSION_NEVER_EXECUTABLE = 8,
  CSESSION_EXECUTABLE = 16,
};

/// Exists because Swift's view of the C library lacks memfd_create(2).
/// Returns a descriptor with FD_CLOEXEC, or -errno.
int csession_memory(const char *name, uint32_t flags);

/// Exists because Swift's view of the C library lacks F_ADD_SEALS.
/// Forbids every change to a file in memory. Returns 0 or -errno.
int csession_seal(int descriptor);

/// A signal that was sent to this process.
struct csession_signal {
  int32_t number;
  /// `SI_USER` and the like.
  int32_t code;
  int32_t sender;
  uint32_t user;
  uint64_t value;
};

/// Exists because Swift's view of the C library lacks signalfd(2).
/// Returns a descriptor of all signals, with FD_CLOEXEC, or -errno.
int csession_open_inbox(void);

/// Exists because Swift's view of the C library lacks signalfd(2) and its structure.
/// Waits for a signal. Returns 0 or -errno.
int csession_read_inbox(int inbox, struct csession_signal *signal);

/// Exists because Swift cannot call a variadic function.
/// Whether this process is under a seccomp filter, or cannot know.
int csession_is_filtered(void);

#endif
