// SPDX-License-Identifier: Apache-2.0 WITH Swift-exception
// The memory that the tracer and its victim share, and the markers by which they meet.

#ifndef STEPPER_SHARED_H
#define STEPPER_SHARED_H

#include <stdint.h>

/// The descriptor that the shared memory is passed as.
enum { SHARED_DESCRIPTOR = 60 };

/// What the tracer has to know of a case.
enum case_flags {
  /// The call makes a child, which ends by itself in assembly.
  CASE_FORKS = 1 << 0,
  /// The child is stepped, not the caller.
  CASE_STEPS_CHILD = 1 << 1,
  /// The call may be ended by a signal.
  CASE_INTERRUPTED = 1 << 2,
  /// The body runs in a forked child and does not come back from its call.
  CASE_ENDS = 1 << 3,
  /// The call goes on in another program.
  CASE_EXECS = 1 << 4,
  /// The call waits with a mask that lets everything in.
  CASE_WAITS = 1 << 5,
  /// The case itself sends one of the reserved signals, which merge with what the tracer sends.
  CASE_MERGES = 1 << 6,
  /// Only for the variant that blocks everything.
  CASE_BLOCKED = 1 << 7,
  /// Calls cannot be counted.
  CASE_UNCOUNTED = 1 << 8,
  /// The call is made by int $0x80.
  CASE_I386 = 1 << 9,
  /// Only where the trap is a filter.
  CASE_SECCOMP = 1 << 10,
  /// The call is not made by an instruction that can stand before or behind it.
  CASE_NO_SITE = 1 << 11,
  /// A thread, whose alternate stack is its own.
  CASE_THREAD = 1 << 12,
  /// The call waits so long that a signal can be sent meanwhile.
  CASE_SLEEPS = 1 << 13,
  /// The call is restarted by the kernel where the handler asks for it.
  CASE_RESTARTS = 1 << 14,
};

struct shared {
  /// Where the thread stands after each marker.
  volatile uint64_t begin, end, verdict;
  volatile uint64_t flags;
  volatile int32_t victim;
  /// By the tracer: how often it sent each signal in this round, and the payload.
  volatile uint64_t injected[65];
  volatile uint64_t serial;
  /// By the victim: how often each handler ran, and how often its own signals should run it.
  volatile uint64_t ran[65], own[65];
  /// Calls that the victim made since the beginning.
  volatile uint64_t calls;
  /// The mask of the victim at the end marker, as it believes.
  volatile uint64_t mask;
  /// Where the last handler found the thread.
  volatile uint64_t found;
  /// By the tracer: how long a call that sleeps does so, in nanoseconds.
  volatile int64_t sleep;
  /// 1 where handlers must have run when the call returns.
  volatile uint64_t prompt;
  /// 1 if the victim lost count of its calls in this round.
  volatile uint64_t lost_count;
  /// What was wrong in this round; empty if nothing.
  char message[512];
};

#endif
