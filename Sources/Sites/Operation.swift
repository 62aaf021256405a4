// SPDX-License-Identifier: Apache-2.0 WITH Swift-exception
// Reading the operands of the few instructions that make up a jump through a table.

/// Opcode and operands of an instruction with a ModRM byte.
///
/// - Source: Intel's manual, volume 2, section 2.1.
struct Operation {
  /// The opcode; with 0x0f in front of it, 0x0f00 is added.
  let opcode: Int
  let rex: UInt8
  /// What the ModRM byte names as a register, or an extension of the opcode.
  let register: UInt8
  let operand: Operand
  /// The number in the last bytes, if there is one; else 0.
  let immediate: Int

  enum Operand: Equatable {
    case register(UInt8)
    /// Distance in bytes from the end of the instruction.
    case relative(Int)
    /// base + index * scale + distance; a base of nil is 0.
    case memory(base: UInt8?, index: UInt8?, scale: Int, distance: Int)
  }

  var isWide: Bool { rex & 8 != 0 }

  /// Reads an instruction of the file; nil if it is of a form that is not looked for.
  init?(_ bytes: [UInt8], _ range: Range<Int>) {
    var cursor = Cursor(bytes, range)
    // The prefix of a jump that an indirect-branch check is to let pass.
    if bytes[range.lowerBound] == 0x3e { _ = cursor.skip(1) }
    guard var byte = cursor.number(UInt8.self) else { return nil }
    var rex: UInt8 = 0
    if byte & 0xf0 == 0x40 {
      rex = byte
      guard let next = cursor.number(UInt8.self) else { return nil }
      byte = next
    }
    var opcode = Int(byte)
    if byte == 0x0f {
      guard let next = cursor.number(UInt8.self) else { return nil }
      opcode = 0x0f00 + Int(next)
    }
    self.opcode = opcode
    self.rex = rex
    // cmp of al or eax with a number has no ModRM byte.
    if opcode == 0x3c || opcode == 0x3d {
      register = 7
      operand = .register(0)
      immediate = Self.last(cursor)
      return
    }
    // Neither have conditional branches.
    if opcode & 0xfff0 == 0x70 || opcode & 0xfff0 == 0x0f80 {
      register = 0
      operand = .relative(0)
      immediate = 0
      return
    }
    guard let form = cursor.number(UInt8.self) else { return nil }
    register = form >> 3 & 7 | (rex & 4) << 1
    guard let operand = Self.operand(&cursor, form, rex) else { return nil }
    self.operand = operand
    immediate = Self.last(cursor)
  }

  private static func last(_ cursor: Cursor) -> Int {
    var cursor = cursor
    if cursor.left == 1 { return cursor.number(UInt8.self).map(Int.init) ?? 0 }
    if cursor.left == 4 { return cursor.number(UInt32.self).map(Int.init) ?? 0 }
    return 0
  }

  private static func operand(_ cursor: inout Cursor, _ form: UInt8, _ rex: UInt8) -> Operand? {
    let mode = form >> 6
    let low = form & 7
    if mode == 3 { return .register(low | (rex & 1) << 3) }
    if low != 4 {
      if mode == 0, low == 5 {
        return cursor.number(Int32.self).map { .relative(Int($0)) }
      }
      guard let distance = distance(&cursor, mode) else { return nil }
      return .memory(base: low | (rex & 1) << 3, index: nil, scale: 1, distance: distance)
    }
    guard let sib = cursor.number(UInt8.self) else { return nil }
    let index = sib >> 3 & 7 | (rex & 2) << 2
    let base = sib & 7
    let isBaseless = base == 5 && mode == 0
    guard let distance = distance(&cursor, isBaseless ? 2 : mode) else { return nil }
    return .memory(
      base: isBaseless ? nil : base | (rex & 1) << 3, index: index == 4 ? nil : index,
      scale: 1 << Int(sib >> 6), distance: distance)
  }

  private static func distance(_ cursor: inout Cursor, _ mode: UInt8) -> Int? {
    switch mode {
    case 0: 0
    case 1: cursor.number(Int8.self).map(Int.init)
    default: cursor.number(Int32.self).map(Int.init)
    }
  }
}
