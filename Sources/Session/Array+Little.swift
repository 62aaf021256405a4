// SPDX-License-Identifier: Apache-2.0 WITH Swift-exception
// Reading numbers of a file format out of bytes.

extension Array where Element == UInt8 {
  /// A little-endian number; the caller has checked that it lies within.
  func little<Number: FixedWidthInteger>(_ type: Number.Type, at offset: Int) -> Number {
    var value: Number = 0
    for index in (0..<MemoryLayout<Number>.size).reversed() {
      value = value << 8 | Number(truncatingIfNeeded: self[offset + index])
    }
    return value
  }

  /// Replaces a little-endian number; the caller has checked that it lies within.
  mutating func setLittle<Number: FixedWidthInteger>(_ value: Number, at offset: Int) {
    for index in 0..<MemoryLayout<Number>.size {
      self[offset + index] = UInt8(truncatingIfNeeded: value >> Number(index * 8))
    }
  }
}
