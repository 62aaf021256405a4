// SPDX-License-Identifier: Apache-2.0 WITH Swift-exception
// Reading JSON, as much of it as a baseline needs.

internal import Doctor

/// A reader of one JSON text; it stops at the first byte that cannot be.
///
/// - Source: RFC 8259.
struct JSONReader {
  /// What was expected, and where.
  struct Failure: Error, Equatable {
    let offset: Int
    let expected: String
  }

  private static let deepest = 64
  private let bytes: [UInt8]
  private var place = 0

  private init(_ bytes: [UInt8]) { self.bytes = bytes }

  static func read(_ text: String) throws(Failure) -> JSON {
    var reader = JSONReader(Array(text.utf8))
    let value = try reader.value(depth: 0)
    reader.skipBlanks()
    guard reader.next == nil else { throw reader.failure("the end") }
    return value
  }

  private var next: UInt8? { place < bytes.count ? bytes[place] : nil }

  private func failure(_ expected: String) -> Failure {
    Failure(offset: place, expected: expected)
  }

  private mutating func skipBlanks() {
    while let byte = next, [0x20, 0x0a, 0x0d, 0x09].contains(byte) { place += 1 }
  }

  private mutating func take(_ character: Unicode.Scalar) -> Bool {
    skipBlanks()
    guard let byte = next, UInt32(byte) == character.value else { return false }
    place += 1
    return true
  }

  private mutating func expect(_ character: Unicode.Scalar) throws(Failure) {
    guard take(character) else { throw failure("'\(character)'") }
  }

  private mutating func value(depth: Int) throws(Failure) -> JSON {
    guard depth < Self.deepest else { throw failure("less than \(Self.deepest) levels") }
    skipBlanks()
    switch next {
    case UInt8(ascii: "{"): return try object(depth: depth)
    case UInt8(ascii: "["): return try array(depth: depth)
    case UInt8(ascii: "\""): return .string(try string())
    case UInt8(ascii: "t"): return try word("true", .bool(true))
    case UInt8(ascii: "f"): return try word("false", .bool(false))
    case UInt8(ascii: "n"): return try word("null", .null)
    default: return .real(try number())
    }
  }

  private mutating func word(_ word: String, _ value: JSON) throws(Failure) -> JSON {
    guard bytes[place...].starts(with: word.utf8) else { throw failure("a value") }
    place += word.utf8.count
    return value
  }

  private mutating func number() throws(Failure) -> Double {
    let start = place
    let digits = bytes[place...].prefix { "+-.0123456789eE".utf8.contains($0) }
    guard let value = Double(String(decoding: digits, as: UTF8.self)), value.isFinite else {
      throw failure("a value")
    }
    place = start + digits.count
    return value
  }

  private mutating func array(depth: Int) throws(Failure) -> JSON {
    var values: [JSON] = []
    try expect("[")
    if take("]") { return .array([]) }
    repeat { values.append(try value(depth: depth + 1)) } while take(",")
    try expect("]")
    return .array(values)
  }

  private mutating func object(depth: Int) throws(Failure) -> JSON {
    var members: [(String, JSON)] = []
    try expect("{")
    if take("}") { return .object([]) }
    repeat {
      skipBlanks()
      let name = try string()
      try expect(":")
      members.append((name, try value(depth: depth + 1)))
    } while take(",")
    try expect("}")
    return .object(members)
  }

  private mutating func string() throws(Failure) -> String {
    guard next == UInt8(ascii: "\"") else { throw failure("'\"'") }
    place += 1
    var text: [UInt8] = []
    while let byte = next, byte >= 0x20 {
      place += 1
      if byte == UInt8(ascii: "\"") { return String(decoding: text, as: UTF8.self) }
      if byte == UInt8(ascii: "\\") { text += try escape() } else { text.append(byte) }
    }
    throw failure("'\"'")
  }

  private mutating func escape() throws(Failure) -> [UInt8] {
    guard let byte = next else { throw failure("an escape") }
    place += 1
    switch byte {
    case UInt8(ascii: "\""), UInt8(ascii: "\\"), UInt8(ascii: "/"): return [byte]
    case UInt8(ascii: "b"): return [0x08]
    case UInt8(ascii: "f"): return [0x0c]
    case UInt8(ascii: "n"): return [0x0a]
    case UInt8(ascii: "r"): return [0x0d]
    case UInt8(ascii: "t"): return [0x09]
    case UInt8(ascii: "u"): return Array(String(try scalar()).utf8)
    default: throw failure("an escape")
    }
  }

  /// Halves of a pair, which no export writes, become U+FFFD.
  private mutating func scalar() throws(Failure) -> Character {
    let digits = bytes[place...].prefix(4)
    guard digits.count == 4, let code = UInt32(String(decoding: digits, as: UTF8.self), radix: 16)
    else { throw failure("four hexadecimal digits") }
    place += 4
    return Character(Unicode.Scalar(code) ?? "\u{fffd}")
  }
}
