// SPDX-License-Identifier: Apache-2.0 WITH Swift-exception
// The first line of a script: its interpreter, and at most one argument.

import LinuxABI

/// What follows `#!` in the first 256 bytes of a script.
///
///     #!   /usr/bin/env   -S awk -f   \n
///          interpreter    argument
///
/// - Source: `fs/binfmt_script.c`, `load_script`; `execve(2)`.
package struct ScriptLine: Equatable, Sendable {
  /// Bytes that the kernel looks at. The corresponding C constant is `BINPRM_BUF_SIZE`.
  package static var size: Int { 256 }

  /// Byte range in the buffer; not empty.
  package let interpreter: Range<Int>
  /// Byte range in the buffer of all that follows the blanks behind the interpreter.
  ///
  /// It may be empty: a file that ends in such a blank passes an empty argument.
  package let argument: Range<Int>?

  /// Reads the first `size` bytes of a file; nil if they do not begin with `#!`.
  ///
  /// - Throws: `FormatError`, never fatal.
  package init?(_ bytes: borrowing RawSpan) throws(FormatError) {
    guard bytes.uint16(at: 0) == FileKind.scriptMagic else { return nil }
    let end = try Self.lineEnd(bytes)
    let name = Self.skipBlanks(bytes, from: 2, through: end)
    guard let name, name != end else {
      throw Self.failure(.scriptNoInterpreter, at: 2, expected: 1, found: 0)
    }
    // The kernel takes no path for the working directory, which is no regular file.
    guard bytes.byte(at: name) != 0 else {
      throw Self.failure(.interpreterEmpty, at: name, expected: 1, found: 0, errno: .access)
    }
    let separator = Self.terminator(bytes, from: name, through: end)
    interpreter = name..<(separator ?? end)
    guard let separator, bytes.byte(at: separator) != 0,
      let start = Self.skipBlanks(bytes, from: separator, through: end)
    else {
      argument = nil
      return
    }
    var stop = start
    while stop < end && bytes.byte(at: stop) != 0 { stop &+= 1 }
    argument = start..<stop
  }

  /// Where the line ends, its trailing blanks cut.
  ///
  /// Without a newline the argument may be cut short at the end of the buffer, the path may not.
  private static func lineEnd(_ bytes: borrowing RawSpan) throws(FormatError) -> Int {
    var end = 0
    while end < size && bytes.byte(at: end) != 0 && bytes.byte(at: end) != 10 { end &+= 1 }
    if end == size || bytes.byte(at: end) != 10 {
      guard let name = skipBlanks(bytes, from: 2, through: size &- 1) else {
        throw failure(.scriptNoInterpreter, at: 2, expected: 1, found: 0)
      }
      guard terminator(bytes, from: name, through: size &- 1) != nil else {
        throw failure(.scriptTooLong, at: name, expected: size, found: size &- name)
      }
      end = size &- 1
    }
    while isBlank(bytes.byte(at: end &- 1)) { end &-= 1 }
    return end
  }

  private static func isBlank(_ byte: UInt8) -> Bool { byte == 32 || byte == 9 }

  private static func skipBlanks(
    _ bytes: borrowing RawSpan, from first: Int, through last: Int
  ) -> Int? {
    var index = first
    while index <= last {
      if !isBlank(bytes.byte(at: index)) { return index }
      index &+= 1
    }
    return nil
  }

  private static func terminator(
    _ bytes: borrowing RawSpan, from first: Int, through last: Int
  ) -> Int? {
    var index = first
    while index <= last {
      let byte = bytes.byte(at: index)
      if byte == 0 || isBlank(byte) { return index }
      index &+= 1
    }
    return nil
  }

  private static func failure(
    _ reason: FormatError.Reason, at offset: Int, expected: Int, found: Int,
    errno: Errno = .noExec
  ) -> FormatError {
    FormatError(
      reason, offset: UInt64(offset), expected: UInt64(expected), found: UInt64(found),
      errno: errno)
  }
}
