// SPDX-License-Identifier: Apache-2.0 WITH Swift-exception
// Messages of the monitor, each one line on standard error.

internal import CShim
package import Dispatcher
package import LinuxABI

/// A line that is being put together.
package struct Report {
  private var text: TextBuffer
  private static var limit: UInt64 { 900 }

  package init() {
    text = TextBuffer(at: Monitor.message)
    add("sysweir: ")
  }

  /// Adds a literal; what does not fit is left out.
  package mutating func add(_ literal: StaticString) {
    guard text.count + UInt64(literal.utf8CodeUnitCount) < Self.limit else { return }
    // The buffer is the monitor's own, and has room.
    try? text.append(literal)
  }

  /// Adds a number.
  package mutating func add(_ number: UInt64) {
    // The buffer is the monitor's own, and has room.
    try? text.append(decimal: number)
  }

  /// Adds text from memory.
  package mutating func add(from address: TargetAddress) {
    // What cannot be read is left out of the message.
    try? text.append(from: address, limit: Self.limit - min(text.count, Self.limit))
  }

  /// Writes the line.
  package mutating func send() {
    let standardError = 2
    // The buffer is the monitor's own, and has room.
    try? text.append("\n")
    Kernel.call(.write, standardError, Int(bits: text.start), Int(bits: text.count))
  }

  /// Says that the monitor itself cannot go on, and ends the process.
  package static func fail(_ what: StaticString, _ error: Errno) -> Never {
    var report = Report()
    report.add(what)
    report.add(" (error ")
    report.add(UInt64(error.rawValue))
    report.add("); see sysweir doctor for what this kernel lacks")
    report.send()
    Kernel.exit(status: 125)
  }
}
