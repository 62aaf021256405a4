// SPDX-License-Identifier: Apache-2.0 WITH Swift-exception
// The path in an executable's PT_INTERP.

import LinuxABI

/// The path of an ELF interpreter.
///
/// - Source: `fs/binfmt_elf.c`, `load_elf_binary`.
package struct InterpreterPath: Equatable, Sendable {
  /// Byte range of the path in the buffer, without its NUL; not empty.
  package let path: Range<Int>

  /// Reads the bytes of the file that `ImageLayout.interpreter` names.
  ///
  /// - Parameter offset: Where in the file the bytes are, for the error.
  /// - Throws: `FormatError`, if the last byte is not NUL or the first one is. A NUL ends the path.
  package init(_ bytes: borrowing RawSpan, at offset: UInt64) throws(FormatError) {
    let last = bytes.byteCount &- 1
    let found = bytes.byte(at: last)
    guard last >= 0, found == 0 else {
      throw FormatError(
        .interpreterUnterminated, offset: offset &+ UInt64(max(last, 0)), expected: 0,
        found: UInt64(found), errno: .noExec)
    }
    var end = 0
    while bytes.byte(at: end) != 0 { end &+= 1 }
    // The kernel takes no path for the working directory, which is no regular file.
    guard end > 0 else {
      throw FormatError(.interpreterEmpty, offset: offset, expected: 1, found: 0, errno: .access)
    }
    path = 0..<end
  }
}
