// SPDX-License-Identifier: Apache-2.0 WITH Swift-exception
// The counters of a session: which way calls came, and what became of them.

internal import CLayout

/// The way a call reached the monitor.
package enum CallWay: UInt32, Sendable {
  /// A signal from Syscall User Dispatch.
  case trap = 0
  /// A signal from the monitor's seccomp filter.
  case seccomp = 1
  /// A jump from a rewritten site.
  case rewritten = 2
}

/// What became of a counted call.
package enum CallKind: UInt32, Sendable {
  /// Given to the kernel.
  case issued = 0
  /// Answered by the monitor.
  case answered = 1
  /// Of the i386 table, by `int $0x80`.
  case i386 = 2
  /// A number that this version does not know; given to the kernel all the same.
  case unknown = 3
}

/// Where rows and counters lie in session memory.
package enum SessionLayout {
  package static var counters: Int { 12 }
  package static var rowSize: UInt64 { 128 }
  /// Offset of the counters in a row of either kind.
  package static var countersOffset: UInt64 { 32 }

  package static func process(_ row: UInt32) -> UInt64 {
    UInt64(SW_PROCESSES_OFFSET) + UInt64(row) * rowSize
  }

  package static func tally(_ row: UInt32) -> UInt64 {
    process(SW_PROCESS_ROWS) + UInt64(row) * rowSize
  }

  /// Where the monitor's ELF file stands.
  package static var imageOffset: UInt64 { ticket(row: SW_TICKET_ROWS) }

  /// Where a ticket in session memory stands.
  package static func ticket(row: UInt32) -> UInt64 {
    tally(SW_TALLY_ROWS) + UInt64(row) * UInt64(SW_TICKET_ROOM)
  }

  /// Where the ticket of a process stands, if it is in session memory.
  package static func ticket(of process: Int) -> UInt64 {
    ticket(row: UInt32(truncatingIfNeeded: process) % SW_TICKET_ROWS)
  }

  /// Offset of a counter from the start of its row.
  package static func counter(_ way: CallWay, _ kind: CallKind) -> UInt64 {
    countersOffset + UInt64(way.rawValue * 4 + kind.rawValue) * 8
  }
}
