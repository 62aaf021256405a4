// SPDX-License-Identifier: Apache-2.0 WITH Swift-exception
// Reading a table from front to back, within its bounds.

/// A place in a file's bytes and an end that reading does not pass.
struct Cursor {
  let bytes: [UInt8]
  private(set) var position: Int
  let end: Int

  /// - Parameter range: Of the bytes; cut to what there is.
  init(_ bytes: [UInt8], _ range: Range<Int>) {
    self.bytes = bytes
    let whole = range.clamped(to: 0..<bytes.count)
    position = whole.lowerBound
    end = whole.upperBound
  }

  var isAtEnd: Bool { position >= end }
  var left: Int { end - position }

  /// The next number, little-endian; nil if the table ends before it does.
  mutating func number<Number: FixedWidthInteger>(_ type: Number.Type) -> Number? {
    guard left >= MemoryLayout<Number>.size else { return nil }
    defer { position += MemoryLayout<Number>.size }
    return bytes.little(type, at: position)
  }

  /// Goes on so many bytes; false if there are fewer.
  mutating func skip(_ count: UInt64) -> Bool {
    guard count <= UInt64(left) else { return false }
    position += Int(count)
    return true
  }

  /// A number of as many bytes as it needs, seven bits in each.
  ///
  /// - Source: DWARF 5, section 7.6.
  mutating func unsigned() -> UInt64? {
    var value: UInt64 = 0
    for shift in stride(from: UInt64(0), to: 70, by: 7) {
      guard let byte = number(UInt8.self) else { return nil }
      value |= UInt64(byte & 0x7f) << shift
      if byte & 0x80 == 0 { return value }
    }
    return nil
  }

  /// The same for a number with a sign.
  mutating func signed() -> Int64? {
    let start = position
    guard let value = unsigned() else { return nil }
    let bits = UInt64(position - start) * 7
    guard bits < 64, bytes[position - 1] & 0x40 != 0 else { return Int64(bitPattern: value) }
    return Int64(bitPattern: value | ~0 << bits)
  }

  /// The text up to a NUL.
  mutating func text() -> String? {
    guard let nul = bytes[position..<end].firstIndex(of: 0) else { return nil }
    defer { position = nul + 1 }
    return String(decoding: bytes[position..<nul], as: UTF8.self)
  }
}
