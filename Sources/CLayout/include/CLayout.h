// SPDX-License-Identifier: Apache-2.0 WITH Swift-exception
// The memory that both rings share: the session and the ticket of an exec.
//
//   session memory (a memfd, mapped shared by the supervisor and every target)
//   +----------------+ 0
//   | sw_session     |  options, who supervises, identity of the monitor, fault report
//   +----------------+ SW_PROCESSES_OFFSET
//   | sw_process[]   |  one row per process; row 0 takes what finds no row
//   +----------------+ SW_TALLIES_OFFSET
//   | sw_tally[]     |  one row per live thread; row 0 is never used
//   +----------------+ SW_TICKETS_OFFSET
//   | tickets        |  of execs that may not make files
//   +----------------+ SW_IMAGE_OFFSET
//   | monitor's ELF  |  for an exec that cannot reach the supervisor
//   +----------------+ sw_session.size

#ifndef SYSWEIR_CLAYOUT_H
#define SYSWEIR_CLAYOUT_H

#include <stddef.h>
#include <stdint.h>

#include "plan.h"

#define SW_SESSION_MAGIC 0x52494557u
#define SW_TICKET_MAGIC 0x4b434954u
#define SW_LAYOUT_VERSION 1u

/// Bits of `sw_session.options`.
enum {
  /// The target sees no vDSO, so that its calls are real ones.
  SW_OPTION_HIDE_VDSO = 1 << 0,
  /// Calls are caught by a seccomp filter and not by Syscall User Dispatch.
  SW_OPTION_TRAP_SECCOMP = 1 << 1,
  /// A target whose supervisor is gone is killed at its next call.
  SW_OPTION_DIE_WITH_SUPERVISOR = 1 << 2,
  /// Addresses are randomized, unless the personality forbids it.
  SW_OPTION_RANDOMIZE = 1 << 3,
  /// The start of the heap is randomized as well.
  SW_OPTION_RANDOMIZE_HEAP = 1 << 4,
  /// Sites that trap again and again are rewritten.
  SW_OPTION_REWRITE = 1 << 5,
  /// Rewritten sites count their calls.
  SW_OPTION_COUNT = 1 << 6,
  /// A site is rewritten at its second trap, whatever that costs.
  SW_OPTION_EAGER = 1 << 7,
  /// Calls of i386 are not made: a filter from outside might kill for them.
  SW_OPTION_NO_I386 = 1 << 8,
};

/// Low half of the value of a queued signal that the supervisor passes on for another process; the
/// high half tells when it came, in milliseconds of the monotonic clock.
#define SW_RELAYED 0x57454952

/// Bits of `sw_session.warned`: what was said once and is not said again.
enum {
  SW_WARNED_SET_ID = 1 << 0,
};

/// The ways a call can come; a counter's index is `way * SW_KINDS + kind`.
enum { SW_WAY_TRAP, SW_WAY_SECCOMP, SW_WAY_REWRITTEN, SW_WAYS };

/// What became of a call that was counted.
enum { SW_KIND_ISSUED, SW_KIND_ANSWERED, SW_KIND_I386, SW_KIND_UNKNOWN, SW_KINDS };

#define SW_COUNTERS (SW_WAYS * SW_KINDS)

/// One process of the session, over all its execs.
struct sw_process {
  uint32_t pid;
  uint32_t parent;
  uint32_t claimed;
  uint32_t reserved;
  char name[16];
  uint64_t calls[SW_COUNTERS];
};

/// The calls of one live thread, folded into its process when the thread ends.
struct sw_tally {
  uint32_t claimed;
  uint32_t process;
  uint64_t reserved[3];
  uint64_t calls[SW_COUNTERS];
};

/// A fault inside the monitor, left for the supervisor to report.
struct sw_fault {
  uint32_t filled;
  uint32_t pid;
  uint32_t tid;
  uint32_t signal;
  uint64_t offset;
  uint64_t address;
  uint64_t caller[8];
};

struct sw_session {
  uint32_t magic;
  uint32_t version;
  uint64_t size;
  uint32_t options;
  uint32_t warned;
  /// Process id of the supervisor, in the pid namespace it runs in.
  uint32_t supervisor;
  /// 1 while the supervisor watches; the supervisor sets 0 when it leaves in good order.
  uint32_t attended;
  /// Robust futex held by the supervisor: the kernel sets FUTEX_OWNER_DIED when it dies.
  uint32_t owner;
  /// The supervisor's descriptors, opened by targets through /proc/<supervisor>/fd.
  int32_t sessionDescriptor;
  int32_t monitorDescriptor;
  /// Hints for where to look for a free row.
  uint32_t nextProcess;
  uint32_t nextTally;
  uint32_t imageSize;
  /// How often a process went on with a private copy of this memory, though somebody watches.
  uint32_t departed;
  /// Address that the monitor must be loaded at (seccomp only, else 0).
  uint64_t fixedBase;
  /// Offset and length in bytes of the compiled policy; 0 for the empty one, which allows all.
  uint64_t policyOffset, policyLength;
  struct sw_fault fault;
};

/// Offsets in `sw_session`, for atomic access by address.
enum {
  SW_SESSION_WARNED = offsetof(struct sw_session, warned),
  SW_SESSION_ATTENDED = offsetof(struct sw_session, attended),
  SW_SESSION_OWNER = offsetof(struct sw_session, owner),
  SW_SESSION_NEXT_PROCESS = offsetof(struct sw_session, nextProcess),
  SW_SESSION_NEXT_TALLY = offsetof(struct sw_session, nextTally),
  SW_SESSION_DEPARTED = offsetof(struct sw_session, departed),
  SW_SESSION_FAULT = offsetof(struct sw_session, fault),
};

#define SW_PROCESS_ROWS 16384u
#define SW_TALLY_ROWS 8192u
#define SW_PROCESSES_OFFSET 4096u
#define SW_TALLIES_OFFSET (SW_PROCESSES_OFFSET + SW_PROCESS_ROWS * 128u)
#define SW_TICKETS_OFFSET (SW_TALLIES_OFFSET + SW_TALLY_ROWS * 128u)
/// Tickets that stand in session memory, by process id, and the room of one.
#define SW_TICKET_ROWS 1024u
#define SW_TICKET_ROOM 8192u
#define SW_IMAGE_OFFSET (SW_TICKETS_OFFSET + SW_TICKET_ROWS * SW_TICKET_ROOM)

#define SW_NAME_SIZE 4192u

/// Bits of `sw_ticket.flags`.
enum {
  /// The program would have gained rights (set-id or file capabilities).
  SW_TICKET_SET_ID = 1 << 0,
  /// The process is watched already: a seccomp filter outlives the exec.
  SW_TICKET_ARMED = 1 << 1,
  /// A filter of the target's own outlives the exec.
  SW_TICKET_FILTERED = 1 << 2,
};

/// What the exec's caller hands to the monitor that starts in its place.
///
/// It is written to a memfd whose descriptor number is the file offset of the descriptor that
/// the monitor was executed from, whose number in turn is the last part of AT_EXECFN. A filter of
/// the target's own may forbid memfds: then the ticket stands in session memory, in the row of the
/// process, and the offset is that of the session's descriptor and SW_TICKET_IN_SESSION.
struct sw_ticket_head {
  uint32_t magic;
  uint32_t version;
  uint32_t flags;
  /// Row of the process in session memory.
  uint32_t process;
  int32_t executable;
  int32_t interpreter;
  int32_t session;
  /// Whose ticket it is, if it stands in session memory.
  int32_t owner;
  /// Signal mask of the target, with the signals that the monitor keeps for itself.
  uint64_t mask;
  /// Those of the monitor's signals that the target ignores.
  uint64_t ignored;
  /// What AT_EXECFN shows: length without NUL, then the bytes.
  uint32_t nameLength;
  /// Not 0 if the program is not to be run: see `ExecRefusal`.
  uint32_t refusal;
};

#define SW_TICKET_IN_SESSION (1l << 40)

/// Where the name stands in the ticket.
enum { SW_TICKET_NAME = sizeof(struct sw_ticket_head) };

struct sw_ticket {
  struct sw_ticket_head head;
  char name[SW_NAME_SIZE];
};

_Static_assert(sizeof(struct sw_process) == 128, "rows fill two cache lines");
_Static_assert(sizeof(struct sw_tally) == 128, "rows fill two cache lines");
_Static_assert(sizeof(struct sw_session) <= SW_PROCESSES_OFFSET, "the header fits its page");
_Static_assert(sizeof(struct sw_ticket) <= SW_TICKET_ROOM, "tickets fit their room");
_Static_assert(SW_TICKETS_OFFSET % 4096 == 0, "tickets start on a page");
_Static_assert(SW_IMAGE_OFFSET % 4096 == 0, "the image starts on a page");

#endif
