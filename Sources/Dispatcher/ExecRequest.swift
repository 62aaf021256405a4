// SPDX-License-Identifier: Apache-2.0 WITH Swift-exception
// What an exec was asked to run, and where its parts are kept meanwhile.

internal import CLayout
package import CShim
package import LinuxABI

/// The arguments of `execve(2)` or `execveat(2)`.
struct ExecRequest {
  var directory: Int
  var path: TargetAddress
  var arguments: UInt64
  var environment: UInt64
  var flags: Int

  static func execve(_ call: sw_call) -> Self {
    Self(
      directory: FileFlags.currentDirectory, path: TargetAddress(call.a), arguments: call.b,
      environment: call.c, flags: 0)
  }

  static func execveat(_ call: sw_call) -> Self {
    Self(
      directory: Int(Int32(truncatingIfNeeded: call.a)), path: TargetAddress(call.b),
      arguments: call.c, environment: call.d, flags: Int(Int32(truncatingIfNeeded: call.e)))
  }
}

/// The scratch memory of an area, divided for an exec.
///
/// ```
/// 0x0000 path as given   0x1000 name for AT_EXECFN  0x2080 head of the file
/// 0x2200 words of #!     0x2f00 first arguments     0x3000 program headers
/// 0x9000 interpreter     0xa000 ticket              0xb800 an empty argument vector
/// ```
package struct ExecScratch {
  let base: TargetAddress

  package init(_ thread: borrowing ThreadRecord) { base = ThreadArea(thread).scratch }

  var path: TargetAddress { base }
  var name: TargetAddress { base.advanced(by: 0x1000) }
  package var head: TargetAddress { base.advanced(by: 0x2080) }
  var words: TargetAddress { base.advanced(by: 0x2200) }
  /// Filled from its end: the words that scripts put before the arguments.
  var first: TargetAddress { base.advanced(by: 0x2f00) }
  static var firstCapacity: UInt64 { 32 }
  package var table: TargetAddress { base.advanced(by: 0x3000) }
  package static var tableSize: UInt64 { 0x6000 }
  var interpreter: TargetAddress { base.advanced(by: 0x9000) }
  var ticket: TargetAddress { base.advanced(by: 0xa000) }
  var emptyVector: TargetAddress { base.advanced(by: 0xb800) }
  package static var headSize: UInt64 { 256 }
  static var pathSize: UInt64 { 4096 }
}

/// Descriptors that an exec opens; those that the next image needs are inherited by it.
struct ExecFiles {
  var executable = -1
  var interpreter = -1
  var ticket = -1
  var monitor = -1
  var session = -1
  /// Whether the next image gets a session of its own, since the supervisor cannot be reached.
  var sessionIsCopy = false
  /// Whether that is so although the supervisor watches.
  var departs = false

  /// Lets the next image have them.
  func pass() {
    let setFlags = 2
    each { descriptor in Kernel.call(.fcntl, descriptor, setFlags, 0) }
  }

  /// Closes what is open.
  func close() {
    each { descriptor in Kernel.call(.close, descriptor) }
  }

  private func each(_ body: (Int) -> Void) {
    if executable >= 0 { body(executable) }
    if interpreter >= 0 { body(interpreter) }
    if ticket >= 0 { body(ticket) }
    if monitor >= 0 { body(monitor) }
    if session >= 0 { body(session) }
  }
}
