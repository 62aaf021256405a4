// SPDX-License-Identifier: Apache-2.0 WITH Swift-exception
// Telling a move of the call's number from bytes that only look like one.

internal import CShim
internal import LinuxABI

/// The bytes around a site.
///
/// The trap has shown that the two bytes at the site were executed as `syscall` with a number in rax.
/// That the bytes before hold this number does not make them a move: they may be the end of another
/// instruction that happens to hold it too, and must not be changed then. Whatever ends at the site
/// has the number's two zeros for its own end, which leaves few forms; each has a look of its own.
///
/// - Source: Intel SDM volume 2, chapter 2 and appendix A.
struct SiteBytes {
  /// Up to 8, and up to 16 bytes before the site, as little-endian words.
  private var near: UInt64 = 0
  private var far: UInt64 = 0
  private var call: UInt16 = 0

  init(at site: UInt64) throws(Errno) {
    try TargetMemory.load(&near, from: TargetAddress(site &- 8))
    try TargetMemory.load(&far, from: TargetAddress(site &- 16))
    try TargetMemory.load(&call, from: TargetAddress(site))
  }

  /// Where the bytes begin that can be replaced by a jump, counted back from the site.
  ///
  /// The long move keeps its prefix, which a jump ignores: it may be the end of what is before.
  func distance(ofMove rax: UInt64) throws(Errno) -> UInt8 {
    let syscall: UInt16 = 0x050f
    let largest: UInt64 = 0x1ff
    // With this for its last byte but three, the number itself may be an `enter`.
    let enter: UInt64 = 0xc8
    guard call == syscall, near >> 32 == rax, rax <= largest, rax & 0xff != enter
    else { throw .noExec }
    if at(7) == 0x48, at(6) == 0xc7, at(5) == 0xc0 { return 6 }
    if at(5) == 0xb8, !isOtherRegister, !isOperand, !isEndOfOperand { return 5 }
    throw .noExec
  }

  /// The target's own bytes from a distance on.
  func word(from distance: UInt8) -> UInt64 { near >> (8 * (8 - UInt64(distance))) }

  /// The byte so far before the site.
  private func at(_ distance: UInt64) -> UInt8 {
    let word = distance > 8 ? far >> (8 * (16 - distance)) : near >> (8 * (8 - distance))
    return UInt8(truncatingIfNeeded: word)
  }

  /// A move to r8d, or of eight bytes to any register.
  private var isOtherRegister: Bool {
    let isPrefixed = at(6) & 0xf0 == 0x40
    let isWide = at(9) & 0xf8 == 0xb8 && at(10) & 0xf8 == 0x48
    let isAbsolute = at(9) & 0xfc == 0xa0
    return isPrefixed || isWide || isAbsolute
  }

  /// 0xb8 as the ModRM or SIB byte before a displacement. With rax for its base, which is the number,
  /// it would have faulted; r8, an index, `lea` and instructions without access do not.
  private var isOperand: Bool {
    let push: UInt8 = 0x50
    let hasR8 = at(7) & 0xf1 == 0x41 && at(6) & 0xf0 != push
    let isTwoByte = at(7) == 0x0f && at(6) != 0x05
    let isThreeByte = (at(7) == 0x38 || at(7) == 0x3a) && at(8) == 0x0f
    let isVector = at(9) == 0xc4 || at(9) == 0x8f || at(10) == 0x62
    let isLea = at(6) == 0x8d
    let isIndexed = at(6) & 0xc7 == 0x84
    return hasR8 || isTwoByte || isThreeByte || isVector || isLea || isIndexed
  }

  /// 0xb8 as a displacement, or a part of one, before an immediate operand.
  private var isEndOfOperand: Bool {
    let isWord = Self.takesWord(at(7)) && (isNear(at(6)) || isPlainIndexed(at(6)))
    let isIndexedWord = Self.takesWord(at(8)) && at(7) & 0xc7 == 0x44
    let isFarWord = Self.takesWord(at(10)) && isFar(at(9))
    let isFarIndexedWord = Self.takesWord(at(11)) && isFarIndexed(at(10))
    let isHalf = at(9) == 0x66 && Self.takesWord(at(8))
    let isIndexedHalf = at(10) == 0x66 && Self.takesWord(at(9))
    return isWord || isIndexedWord || isFarWord || isFarIndexedWord || isHalf || isIndexedHalf
      || isFar(at(6)) && takesByte(7) || isFarIndexed(at(7)) && takesByte(8)
  }

  /// A ModRM byte with a displacement of one byte.
  private func isNear(_ operand: UInt8) -> Bool { operand & 0xc0 == 0x40 }

  /// One with a SIB byte and no displacement.
  private func isPlainIndexed(_ operand: UInt8) -> Bool { operand & 0xc7 == 0x04 }

  /// One with a displacement of four bytes.
  private func isFar(_ operand: UInt8) -> Bool {
    operand & 0xc0 == 0x80 || operand & 0xc7 == 0x05
  }

  /// One with a SIB byte and such a displacement.
  private func isFarIndexed(_ operand: UInt8) -> Bool {
    operand & 0xc7 == 0x84 || isPlainIndexed(operand)
  }

  /// Whether an instruction has an operand in memory and another of four bytes at its end: `mov`,
  /// `add` and its kin, `imul`, `test`.
  private static func takesWord(_ operation: UInt8) -> Bool {
    operation == 0xc7 || operation == 0x81 || operation == 0x69 || operation == 0xf7
  }

  /// Whether the instruction that begins so far before the site has one byte at its end, which is
  /// zero here: shifts and multiplications by that are none.
  private func takesByte(_ distance: UInt64) -> Bool {
    let operation = at(distance)
    let isVector = at(distance + 2) == 0xc5 || at(distance + 3) == 0xc4 || at(distance + 4) == 0x62
    return operation == 0x80 || operation == 0x83 || operation == 0xc6
      || at(distance + 1) == 0x0f && Self.takesByteBehindEscape(operation)
      || at(distance + 1) == 0x3a && at(distance + 2) == 0x0f || isVector
  }

  private static func takesByteBehindEscape(_ operation: UInt8) -> Bool {
    switch operation {
    case 0x70...0x73, 0xa4, 0xac, 0xba, 0xc2, 0xc4...0xc6: true
    default: false
    }
  }
}
