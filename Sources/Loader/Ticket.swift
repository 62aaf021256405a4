// SPDX-License-Identifier: Apache-2.0 WITH Swift-exception
// Reads the ticket that the caller of the exec left.

internal import CLayout
internal import CShim
package import Dispatcher
internal import EventLog
package import LinuxABI

/// The ticket of this exec and the descriptors that came with it.
struct Ticket {
  let head: sw_ticket_head
  /// What AT_EXECFN is to show, with its NUL, in the monitor's memory.
  let name: TargetAddress
  let monitor: Int
  private let descriptor: Int
  /// Whether the ticket's descriptor is that of the session.
  private let isInSession: Bool

  var executable: Int { Int(head.executable) }
  var interpreter: Int { Int(head.interpreter) }
  var session: Int { Int(head.session) }

  /// Finds the ticket by the number at the end of the name that the monitor was executed by; the
  /// offset of that descriptor is the number of the ticket's.
  init(execName: UInt64) throws(Errno) {
    monitor = try Self.lastNumber(in: TargetAddress(execName))
    let place = try Kernel.attempt(.lseek, monitor, 0, 1)
    let process = Kernel.call(.getpid)
    isInSession = place >= SW_TICKET_IN_SESSION
    descriptor = place & ~SW_TICKET_IN_SESSION
    let offset = isInSession ? Int(bits: SessionLayout.ticket(of: process)) : 0
    let mapped = try Kernel.attempt(
      .mmap, 0, 2 * Int(Page.size), MapFlags.read, MapFlags.copied, descriptor, offset)
    var head = sw_ticket_head()
    try TargetMemory.load(&head, from: TargetAddress(UInt64(mapped)))
    guard head.magic == SW_TICKET_MAGIC, head.version == SW_LAYOUT_VERSION,
      !isInSession || Int(head.owner) == process
    else { throw .invalid }
    self.head = head
    name = TargetAddress(UInt64(mapped) + UInt64(SW_TICKET_NAME))
  }

  private static func lastNumber(in path: TargetAddress) throws(Errno) -> Int {
    var next = path
    var number = 0
    var byte = try TargetMemory.byte(at: next)
    while byte != 0 {
      let digit = Int(byte) - Int(UInt8(ascii: "0"))
      number = (0...9).contains(digit) ? number &* 10 &+ digit : 0
      next = next.advanced(by: 1)
      byte = try TargetMemory.byte(at: next)
    }
    return number
  }

  /// Closes every descriptor and forgets the ticket.
  func close() {
    Kernel.call(.close, monitor)
    if !isInSession { Kernel.call(.close, descriptor) }
    Kernel.call(.close, executable)
    if interpreter >= 0 { Kernel.call(.close, interpreter) }
    Kernel.call(.close, session)
    let start = name.rawValue &- UInt64(SW_TICKET_NAME)
    Kernel.call(.munmap, Int(bits: start), 2 * Int(Page.size))
  }
}
