// SPDX-License-Identifier: Apache-2.0 WITH Swift-exception
// A command that is started, waited for, and accounted for.

internal import Session

/// A command to start; it is looked for in PATH.
struct ProcessRun {
  /// At least the name of the program.
  let command: [NativeString]
  /// Whether its output and messages are kept; otherwise they are dropped.
  var keepsOutput = true
}

/// How it ended.
struct ProcessEnd {
  /// As waitpid(2) gives it.
  let status: Int32
  /// Output and messages, as they came; empty if they were not kept.
  let output: [UInt8]
  /// Nanoseconds from before its start until after its end.
  let wall: Double
  let processor: ProcessorTime

  var isSuccess: Bool { status == 0 }

  /// "exit status 3", "killed by signal 9".
  var ending: String {
    status & 0x7f == 0 ? "exit status \(status >> 8 & 0xff)" : "killed by signal \(status & 0x7f)"
  }

  var lines: [Substring] {
    String(decoding: output, as: UTF8.self).split(separator: "\n")
  }
}
