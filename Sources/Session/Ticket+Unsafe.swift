// SPDX-License-Identifier: Apache-2.0 WITH Swift-exception
// The ticket that tells the first monitor what to load.

import CLayout
import LinuxABIHosted

/// What the monitor of the first process is given, in a file in memory.
struct Ticket: ~Copyable {
  let file: Descriptor

  init(
    program: borrowing Program, session: borrowing Descriptor, signals: SignalState
  ) throws(SessionError) {
    let name = program.name.bytes
    guard name.count < Int(SW_NAME_SIZE) else { throw .unusable(program.name, .nameTooLong) }
    var head = sw_ticket_head()
    head.magic = SW_TICKET_MAGIC
    head.version = SW_LAYOUT_VERSION
    head.flags = program.changesIdentity ? UInt32(SW_TICKET_SET_ID) : 0
    head.process = SessionMemory.firstProcess
    head.executable = program.executable.rawNumber
    head.interpreter = program.interpreterNumber
    head.session = session.rawNumber
    head.mask = signals.mask.rawValue
    head.ignored = signals.reservedIgnored.rawValue
    head.nameLength = UInt32(name.count)
    file = try SessionError.attempt("write the session's ticket") { () throws(Errno) in
      let file = try Descriptor.memory(named: "sysweir-ticket", .data)
      try file.setSize(MemoryLayout<sw_ticket_head>.size + Int(SW_NAME_SIZE))
      // SAFETY: the structure is of C, without references or padding, and lives over the call.
      let bytes = unsafe withUnsafeBytes(of: &head) { unsafe Array($0) }
      try file.write(bytes, at: 0)
      try file.write(name, at: bytes.count)
      return file
    }
  }
}
