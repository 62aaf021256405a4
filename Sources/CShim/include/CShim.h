// SPDX-License-Identifier: Apache-2.0 WITH Swift-exception
// What the inner ring's Swift needs from C and assembly: the thread record, kernel layouts, gates.

#ifndef SYSWEIR_CSHIM_H
#define SYSWEIR_CSHIM_H

#include "sites.h"
#include "thread.h"

#include <stddef.h>
#include <stdint.h>

/// State of the monitor that all threads of an address space share.
struct sw_monitor {
  /// Base address and length of the monitor's image, and of its code.
  uint64_t image, imageLength;
  uint64_t code, codeLength;
  /// The image that the kernel mapped, to be let go of after the move; 0 if there was none.
  uint64_t origin;
  /// Session memory, and the row of this process in it.
  uint64_t session;
  /// All thread areas, those that may be used again, and those that a fork left without a thread:
  /// addresses of first records.
  uint64_t areas, idle, orphans;
  /// Record of the thread that the process began with.
  uint64_t leader;
  /// Futex lock over the lists, and how often this memory was forked.
  uint32_t areasLock, generation;
  /// The last signal that a process sent to this one: pid and uid of the sender, number, and
  /// milliseconds of the monotonic clock.
  uint64_t lastSender;
  uint32_t lastSignal, lastTime;
  /// Addresses of the counters of this process for calls of rewritten sites.
  uint64_t issuedCounter, unknownCounter;
  /// Page for the descriptors of thread numbers, below 4 GiB; 0 if threads have none.
  uint64_t descriptor;
  /// How many areas have numbers; 1 if the kernel cannot keep them.
  uint32_t numbers, lacksNumbers;
  /// Options of the session; 1 once the target has a seccomp filter of its own.
  uint32_t options, isFiltered;
  /// Address and length of the compiled policy.
  uint64_t policy, policyLength;
  /// 1 when /proc/self/exe shows the monitor and its readers must be answered.
  uint32_t answersExecutable;
  /// Identity of the executable, for the answers above.
  uint64_t executableDevice, executableInode;
  /// Device and inode of the monitor's file and of the session, to know them again.
  uint64_t monitorDevice, monitorInode, sessionDevice, sessionInode;
  /// Address and length of the executable's path, kept in `path`.
  uint32_t pathLength;
  uint32_t unattended;
  char path[4096];
  /// Where a message is put together.
  char message[1024];
};

/// Exists because a C global has a fixed place and needs no initializer call.
struct sw_monitor *sw_monitor_state(void);
/// Exist because Swift would take such an array for a tuple of thousands.
uint64_t sw_monitor_path(void);
uint64_t sw_monitor_message(void);

/// Exists because Swift cannot name the labels that assembly defines.
/// Addresses in the monitor's code that the signal path compares with.
struct sw_landmarks {
  uint64_t gate, gateAfter, gate32, gate32After, committed, counted;
  uint64_t copyBegin, copyEnd, copyFault;
  uint64_t enter, enterKept, entered, enterByTrap, enterRestored, enterEnd, setNumberGate;
  uint64_t signalEntry, sigsysEntry, restorer;
};
struct sw_landmarks sw_landmarks(void);

/// Exists because Swift has no inline assembly: one call of the monitor's own.
long sw_syscall(long number, long a, long b, long c, long d, long e, long f);
/// Exists because the child starts in the middle of it, on a stack of its own.
long sw_clone(uint64_t parent, uint64_t child);
/// Exists because it replaces the stack pointer; does not return.
__attribute__((noreturn)) void sw_sigreturn(uint64_t context);
/// Exists because a fault inside must be answered and not be fatal: 0, or -EFAULT.
long sw_copy(uint64_t to, uint64_t from, uint64_t count);
/// As `sw_copy`, up to and with a NUL: the length without it, -EFAULT, or `limit` if none came.
long sw_copy_string(uint64_t to, uint64_t from, uint64_t limit);

/// Exist because Swift's atomics cannot name memory that is not Swift's own.
static inline uint32_t sw_load_acquire32(uint64_t address) {
  return __atomic_load_n((uint32_t *)address, __ATOMIC_ACQUIRE);
}
static inline void sw_store_release32(uint64_t address, uint32_t value) {
  __atomic_store_n((uint32_t *)address, value, __ATOMIC_RELEASE);
}
static inline uint32_t sw_exchange32(uint64_t address, uint32_t value) {
  return __atomic_exchange_n((uint32_t *)address, value, __ATOMIC_ACQ_REL);
}
static inline _Bool sw_compare_exchange32(uint64_t address, uint32_t from, uint32_t to) {
  return __atomic_compare_exchange_n((uint32_t *)address, &from, to, 0, __ATOMIC_ACQ_REL,
                                     __ATOMIC_ACQUIRE);
}
static inline _Bool sw_compare_exchange64(uint64_t address, uint64_t from, uint64_t to) {
  return __atomic_compare_exchange_n((uint64_t *)address, &from, to, 0, __ATOMIC_ACQ_REL,
                                     __ATOMIC_ACQUIRE);
}
static inline uint32_t sw_fetch_or32(uint64_t address, uint32_t bits) {
  return __atomic_fetch_or((uint32_t *)address, bits, __ATOMIC_ACQ_REL);
}
static inline uint32_t sw_fetch_add32(uint64_t address, uint32_t value) {
  return __atomic_fetch_add((uint32_t *)address, value, __ATOMIC_ACQ_REL);
}
static inline void sw_add64(uint64_t address, uint64_t value) {
  __atomic_fetch_add((uint64_t *)address, value, __ATOMIC_RELAXED);
}
static inline uint64_t sw_exchange64(uint64_t address, uint64_t value) {
  return __atomic_exchange_n((uint64_t *)address, value, __ATOMIC_RELAXED);
}

#endif
