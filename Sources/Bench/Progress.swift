// SPDX-License-Identifier: Apache-2.0 WITH Swift-exception
// What is being done, on a terminal.

internal import Glibc
internal import Session

/// One line on standard error that overwrites itself; nothing if that is no terminal.
package struct Progress {
  private let isTerminal: Bool
  private var length = 0

  package init() { isTerminal = isatty(STDERR_FILENO) == 1 }

  mutating func show(_ text: String) {
    guard isTerminal else { return }
    let line = String(text.prefix(78))
    let blanks = String(repeating: " ", count: max(0, length - line.count))
    Diagnostic.write("\r" + line + blanks)
    length = line.count
  }

  mutating func end() {
    guard isTerminal, length > 0 else { return }
    Diagnostic.write("\r" + String(repeating: " ", count: length) + "\r")
    length = 0
  }
}
