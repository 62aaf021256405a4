// SPDX-License-Identifier: Apache-2.0 WITH Swift-exception
// The memory that the supervisor shares with every target.

import CLayout
import CSession
import EventLogHosted
import Glibc
import LinuxABIHosted

extension SessionMemory {
  /// Makes the memory, copies the monitor into it and claims the row of the first process.
  static func make(
    monitor: borrowing MonitorFile, options: UInt32
  ) throws(SessionError) -> SessionMemory {
    let imageOffset = Int(SessionLayout.imageOffset)
    let image = monitor.image.count
    let size = imageOffset + Int(Page.up(UInt64(image)))
    return try SessionError.attempt("make the session's memory") { () throws(Errno) in
      let made = try Descriptor.memory(named: "sysweir-session", .data)
      // Opened by path, it counts among those who hold the file; see `hasTargets`.
      let file = try Descriptor.open(made.processPath, O_RDWR)
      try file.setSize(size)
      try file.write(monitor.image, at: imageOffset)
      let memory = try SessionMemory(mapping: file, length: imageOffset)
      let descriptor = memory.file.rawNumber
      memory.describe { header in
        header.sessionDescriptor = descriptor
        header.magic = SW_SESSION_MAGIC
        header.version = SW_LAYOUT_VERSION
        header.size = UInt64(size)
        header.options = options
        header.supervisor = UInt32(getpid())
        header.attended = 1
        header.monitorDescriptor = monitor.descriptor.rawNumber
        header.nextProcess = firstProcess + 1
        header.nextTally = 1
        header.imageSize = UInt32(image)
        header.fixedBase = monitor.fixedBase
      }
      memory.claimProcess(Int(firstProcess))
      return memory
    }
  }

  /// Row of the process that runs the command; row 0 is for all that find no row.
  static var firstProcess: UInt32 { 1 }

  /// Whether a process belongs to the session.
  func isTarget(_ process: pid_t) -> Bool {
    processRows.contains { processRow($0).pid == UInt32(bitPattern: process) }
  }

  /// Whether any process but this one still has the session.
  ///
  /// Every target maps the file, from its first instruction over forks and execs to its end. Where
  /// the kernel does not tell, the processes that took rows are asked for.
  var hasTargets: Bool {
    let answer = csession_is_alone(file.rawNumber)
    guard answer < 0 else { return answer == 0 }
    return processRows.contains { index in
      let process = pid_t(bitPattern: processRow(index).pid)
      return process > 0 && (kill(process, 0) == 0 || errno == EPERM)
    }
  }

  /// The fault that a monitor has left, if any has.
  var monitorFault: sw_fault? { fault.filled == 1 ? fault : nil }

  /// Rows of threads that may be claimed.
  var tallyRows: Range<Int> {
    1..<min(max(Int(hints.tally), 1) + 1, Int(SW_TALLY_ROWS))
  }

  /// Rows that were ever claimed, and perhaps a few more.
  var processRows: Range<Int> {
    0..<min(max(Int(hints.process), 1), Int(SW_PROCESS_ROWS))
  }
}
