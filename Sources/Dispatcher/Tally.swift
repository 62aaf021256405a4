// SPDX-License-Identifier: Apache-2.0 WITH Swift-exception
// Rows of this process and its threads in session memory.

package import CLayout
package import CShim
internal import EventLog
package import LinuxABI

/// Rows of session memory.
package enum Tally {
  /// The address of a field of the session's header.
  package static func field(_ offset: Int) -> TargetAddress {
    Monitor.session.advanced(by: UInt64(offset))
  }

  /// The session's header as it is now.
  package static func header() -> sw_session {
    var header = sw_session()
    OwnMemory.load(&header, from: Monitor.session)
    return header
  }

  /// Takes a row of counters for a thread; 0 if none is free.
  package static func claimTally(process: UInt32) -> UInt32 {
    let hint = Atomic.add(field(SW_SESSION_NEXT_TALLY), 1)
    // A full table is not searched to its end: the process has a row for those who find none.
    let probes: UInt32 = 64
    for step in 0..<probes {
      let row = 1 &+ (hint &+ step) % (SW_TALLY_ROWS - 1)
      let address = Monitor.session.advanced(by: SessionLayout.tally(row))
      guard Atomic.exchange(address, from: 0, to: 1) else { continue }
      Atomic.store(process, to: address.advanced(by: 4))
      return row
    }
    return 0
  }

  /// Adds a thread's counters to its process and gives its row back.
  package static func release(tally row: UInt32, process: UInt32) {
    guard row != 0 else { return }
    let address = Monitor.session.advanced(by: SessionLayout.tally(row))
    let total = Monitor.session.advanced(by: SessionLayout.process(process))
    for index in 0..<SessionLayout.counters {
      let offset = SessionLayout.countersOffset + UInt64(index) * 8
      let count = Atomic.drain(address.advanced(by: offset))
      if count != 0 { Atomic.count(total.advanced(by: offset), count) }
    }
    Atomic.store(0, to: address)
  }

  /// Takes the row of a new process; 0, the row of all others, if none is free.
  package static func claimProcess(pid: UInt32, parent: UInt32, name: TargetAddress) -> UInt32 {
    let row = Atomic.add(field(SW_SESSION_NEXT_PROCESS), 1)
    guard row < SW_PROCESS_ROWS, row > 0 else {
      // Stay past the end for ever, and do not let the counter wrap.
      Atomic.store(SW_PROCESS_ROWS, to: field(SW_SESSION_NEXT_PROCESS))
      return 0
    }
    let address = Monitor.session.advanced(by: SessionLayout.process(row))
    Atomic.store(pid, to: address)
    Atomic.store(parent, to: address.advanced(by: 4))
    OwnMemory.copy(to: address.advanced(by: 16), from: name, count: 16)
    Atomic.store(1, to: address.advanced(by: 8))
    return row
  }

  /// Makes rewritten sites of this memory count for a process.
  package static func countRewritten(process row: UInt32) {
    let address = Monitor.session.advanced(by: SessionLayout.process(row))
    let issued = address.advanced(by: SessionLayout.counter(.rewritten, .issued))
    let unknown = address.advanced(by: SessionLayout.counter(.rewritten, .unknown))
    Monitor.with { state in
      state.issuedCounter = issued.rawValue
      state.unknownCounter = unknown.rawValue
    }
  }

  /// Where the name of a process stands.
  package static func name(process row: UInt32) -> TargetAddress {
    Monitor.session.advanced(by: SessionLayout.process(row) + 16)
  }
}

extension ThreadRecord {
  /// The row that this thread counts in: its own, or else its process's.
  var tallyAddress: TargetAddress {
    let offset = tally == 0 ? SessionLayout.process(process) : SessionLayout.tally(tally)
    return Monitor.session.advanced(by: offset)
  }
}
