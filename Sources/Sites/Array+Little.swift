// SPDX-License-Identifier: Apache-2.0 WITH Swift-exception
// Reading and writing numbers of file formats.

extension Array where Element == UInt8 {
  /// A little-endian number; the caller has checked that it lies within.
  func little<Number: FixedWidthInteger>(_ type: Number.Type, at offset: Int) -> Number {
    var value: Number = 0
    for index in (0..<MemoryLayout<Number>.size).reversed() {
      value = value << 8 | Number(truncatingIfNeeded: self[offset + index])
    }
    return value
  }

  /// Adds a number, little-endian.
  mutating func appendLittle<Number: FixedWidthInteger>(_ value: Number) {
    for index in 0..<MemoryLayout<Number>.size {
      append(UInt8(truncatingIfNeeded: value >> Number(index * 8)))
    }
  }

  /// The range of so many bytes at an offset, or nil if the array does not hold it.
  func range(_ offset: UInt64, _ size: UInt64) -> Range<Int>? {
    guard offset <= UInt64(count), size <= UInt64(count) - offset else { return nil }
    return Int(offset)..<Int(offset + size)
  }
}
