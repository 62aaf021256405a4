// SPDX-License-Identifier: Apache-2.0 WITH Swift-exception
// Reading a file format from front to back.

/// A place in bytes that moves on with each read; past the end everything reads as zero.
struct ByteReader {
  private let bytes: [UInt8]
  private(set) var position: Int
  private let end: Int

  init(_ bytes: [UInt8], _ range: Range<Int>) {
    self.bytes = bytes
    position = range.lowerBound
    end = range.upperBound
  }

  var isAtEnd: Bool { position >= end }

  mutating func skip(_ count: Int) {
    position = count < end - position ? position + max(count, 0) : end
  }

  mutating func skip(to place: Int) { position = min(max(place, position), end) }

  mutating func byte() -> UInt8 {
    guard position < end else { return 0 }
    position += 1
    return bytes[position - 1]
  }

  mutating func number<Number: FixedWidthInteger>(_ type: Number.Type) -> Number {
    var value: Number = 0
    for index in 0..<MemoryLayout<Number>.size {
      value |= Number(truncatingIfNeeded: byte()) << Number(index * 8)
    }
    return value
  }

  /// An unsigned number in LEB128; bits past the 64th are lost.
  mutating func variable() -> UInt64 { variableWithSign().value }

  /// A signed number in LEB128.
  mutating func signedVariable() -> Int64 {
    let (value, bits, isNegative) = variableWithSign()
    let sign: UInt64 = isNegative && bits < 64 ? ~0 << UInt64(bits) : 0
    return Int64(bitPattern: value | sign)
  }

  /// A number that an index or a count is made of; huge ones read as the largest.
  mutating func count() -> Int { Int(clamping: variable()) }

  /// The bytes up to a NUL, which is passed over.
  mutating func string() -> NativeString {
    let start = position
    while !isAtEnd, byte() != 0 {}
    return NativeString(bytes[start..<position])
  }

  private mutating func variableWithSign() -> (value: UInt64, bits: Int, isNegative: Bool) {
    var value: UInt64 = 0
    var bits = 0
    while true {
      let next = byte()
      if bits < 64 { value |= UInt64(next & 0x7f) << UInt64(bits) }
      bits += 7
      if next & 0x80 == 0 { return (value, bits, next & 0x40 != 0) }
    }
  }
}
