// SPDX-License-Identifier: Apache-2.0 WITH Swift-exception
// Paths and arguments as the kernel has them: bytes, in no known encoding.

/// Bytes without a NUL, as execve takes them.
package struct NativeString: Equatable, Hashable, Sendable, ExpressibleByStringLiteral,
  CustomStringConvertible
{
  package let bytes: [UInt8]

  /// Cuts at the first NUL, as the kernel would.
  package init(_ bytes: some Sequence<UInt8>) {
    self.bytes = Array(bytes.prefix { $0 != 0 })
  }

  package init(_ string: String) { self.init(string.utf8) }

  package init(stringLiteral value: String) { self.init(value.utf8) }

  /// For messages: what is not UTF-8 is shown as U+FFFD.
  package var description: String { String(decoding: bytes, as: UTF8.self) }

  /// For tables: control characters, which could play with a terminal, are shown as "?".
  var printable: String {
    String(decoding: bytes.map { $0 < 0x20 || $0 == 0x7f ? UInt8(ascii: "?") : $0 }, as: UTF8.self)
  }

  package var isEmpty: Bool { bytes.isEmpty }

  package func contains(_ character: Unicode.Scalar) -> Bool {
    bytes.contains { $0 == character.value }
  }

  package static func + (left: Self, right: Self) -> Self { Self(left.bytes + right.bytes) }

  /// What is in front of the last slash, or "." if there is none.
  package var directory: Self {
    guard let slash = bytes.lastIndex(of: UInt8(ascii: "/")) else { return "." }
    return slash == 0 ? "/" : Self(bytes[..<slash])
  }
}
