// SPDX-License-Identifier: Apache-2.0 WITH Swift-exception
// The line table of one compilation.

/// Header of a line table, and the program that produces its rows.
struct LineUnit {
  struct Row {
    var address: UInt64 = 0
    var file = 1
    var line: Int64 = 1
  }

  private var names: LineNames
  private var instructionSize: UInt64 = 1
  private var lineBase: Int64 = 0
  private var lineRange: Int64 = 1
  private var operandCounts: [Int] = []

  /// Fails for versions other than 4 and 5.
  init?(_ reader: inout ByteReader, _ sections: ElfSections) {
    let version = reader.number(UInt16.self)
    guard version == 4 || version == 5 else { return nil }
    if version == 5 { reader.skip(2) }
    let length = Int(reader.number(UInt32.self))
    let program = reader.position + length
    instructionSize = UInt64(reader.byte())
    reader.skip(2)
    lineBase = Int64(Int8(bitPattern: reader.byte()))
    lineRange = Int64(max(reader.byte(), 1))
    let opcodes = Int(reader.byte())
    operandCounts = (1..<max(opcodes, 1)).map { _ in Int(reader.byte()) }
    names = LineNames(&reader, sections, version: version)
    reader.skip(to: program)
  }

  func path(of file: Int) -> NativeString { names.path(of: file) }

  /// Runs the program until a row covers the address.
  mutating func find(_ address: UInt64, _ reader: inout ByteReader) -> Row? {
    var row = Row()
    var last: Row?
    while !reader.isAtEnd {
      let step = step(&row, &reader)
      if step == .none { continue }
      if isCovered(address, last, row) { return last }
      last = step == .row ? row : nil
      if step == .end { row = Row() }
    }
    return nil
  }

  private enum Step {
    case none
    case row
    case end
  }

  /// What the linker has left out begins at 0 and stands for nothing.
  private func isCovered(_ address: UInt64, _ last: Row?, _ next: Row) -> Bool {
    guard let last, last.address != 0 else { return false }
    return (last.address..<max(next.address, last.address)).contains(address)
  }

  private func step(_ row: inout Row, _ reader: inout ByteReader) -> Step {
    let opcode = Int(reader.byte())
    if opcode > operandCounts.count {
      let adjusted = Int64(opcode - operandCounts.count - 1)
      advance(&row, UInt64(adjusted / lineRange))
      row.line &+= lineBase + adjusted % lineRange
      return .row
    }
    switch opcode {
    case 0: return extended(&row, &reader)
    case 1: return .row
    case 2: advance(&row, reader.variable())
    case 3: row.line &+= reader.signedVariable()
    case 4: row.file = reader.count()
    case 8: advance(&row, UInt64((Int64(255 - operandCounts.count - 1)) / lineRange))
    case 9: row.address &+= UInt64(reader.number(UInt16.self))
    default:
      for _ in 0..<operandCounts[opcode - 1] { _ = reader.variable() }
    }
    return .none
  }

  private func extended(_ row: inout Row, _ reader: inout ByteReader) -> Step {
    let length = reader.count()
    let start = reader.position
    let opcode = reader.byte()
    if opcode == 2 { row.address = reader.number(UInt64.self) }
    reader.skip(to: start + min(length, Int(Int32.max)))
    return opcode == 1 ? .end : .none
  }

  private func advance(_ row: inout Row, _ operations: UInt64) {
    row.address &+= operations &* instructionSize
  }
}
