// SPDX-License-Identifier: Apache-2.0 WITH Swift-exception
// What the caller of an exec hands to the monitor that starts in its place.

internal import CLayout
package import CShim
internal import EventLog
package import LinuxABI

/// Writes the ticket of an exec to a memfd of its own.
func writeTicket(
  _ files: inout ExecFiles, _ program: ExecProgram, _ scratch: ExecScratch,
  _ thread: borrowing ThreadRecord, process: UInt32
) throws(Errno) {
  let filtered = Rewriting.isStopped ? SW_TICKET_FILTERED : 0
  let gaining = program.gains ? SW_TICKET_SET_ID : 0
  let name = scratch.ticket.advanced(by: UInt64(SW_TICKET_NAME))
  let length = try TargetMemory.copyString(
    to: name, from: scratch.name, limit: UInt64(SW_NAME_SIZE))
  try TargetMemory.store(
    sw_ticket_head(
      magic: UInt32(SW_TICKET_MAGIC), version: UInt32(SW_LAYOUT_VERSION),
      flags: UInt32(SW_TICKET_ARMED | gaining | filtered), process: process,
      executable: Int32(files.executable), interpreter: Int32(files.interpreter),
      session: Int32(files.session), owner: Int32(Kernel.call(.getpid)), mask: thread.mask,
      ignored: ignoredReserved(thread), nameLength: UInt32(length), refusal: program.refusal),
    to: scratch.ticket)
  let size = SW_TICKET_NAME + Int(length) + 1
  do throws(Errno) {
    files.ticket = try memoryFile("ticket", flags: 1)
    try Kernel.attempt(.write, files.ticket, Int(bits: scratch.ticket), size)
  } catch {
    // A copied session is a memfd too, and already has what it will have.
    guard !files.sessionIsCopy else { throw error }
    let row = SessionLayout.ticket(of: Kernel.call(.getpid))
    OwnMemory.copy(
      to: Monitor.session.advanced(by: row), from: scratch.ticket, count: UInt64(size))
  }
}

/// A memfd; the name is for people who look at /proc.
func memoryFile(_ name: StaticString, flags: Int) throws(Errno) -> Int {
  var text: (UInt64, UInt64, UInt64) = (0, 0, 0)
  var buffer = TextBuffer(at: TargetMemory.address(of: &text))
  try buffer.append("sysweir-")
  try buffer.append(name)
  return try Kernel.attempt(.memfdCreate, Int(bits: buffer.start), flags)
}

/// Those of the reserved signals that the target ignores, which the kernel cannot know.
private func ignoredReserved(_ thread: borrowing ThreadRecord) -> UInt64 {
  let actions = SignalActions(of: thread)
  var ignored = SignalSet.none
  if actions.action(of: .badCall).handler == SignalDisposition.ignore {
    ignored = ignored.union(SignalSet(.badCall))
  }
  if actions.action(of: .segmentation).handler == SignalDisposition.ignore {
    ignored = ignored.union(SignalSet(.segmentation))
  }
  if actions.action(of: .bus).handler == SignalDisposition.ignore {
    ignored = ignored.union(SignalSet(.bus))
  }
  return ignored.rawValue
}
