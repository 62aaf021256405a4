// SPDX-License-Identifier: Apache-2.0 WITH Swift-exception
// Names of signals, for messages.

/// The name of a signal as the kernel has it.
struct SignalName: CustomStringConvertible {
  private let number: Int32

  init(_ number: Int32) { self.number = number }

  private static let names = [
    "HUP", "INT", "QUIT", "ILL", "TRAP", "ABRT", "BUS", "FPE", "KILL", "USR1", "SEGV", "USR2",
    "PIPE", "ALRM", "TERM", "STKFLT", "CHLD", "CONT", "STOP", "TSTP", "TTIN", "TTOU", "URG",
    "XCPU", "XFSZ", "VTALRM", "PROF", "WINCH", "IO", "PWR", "SYS",
  ]

  var description: String {
    let index = Int(number) - 1
    return Self.names.indices.contains(index) ? "SIG" + Self.names[index] : "signal \(number)"
  }
}
