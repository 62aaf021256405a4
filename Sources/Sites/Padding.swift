// SPDX-License-Identifier: Apache-2.0 WITH Swift-exception
// Fill between functions and blocks, which is never executed.

/// What compilers, assemblers and linkers fill gaps with.
enum Padding {
  /// Whether an instruction does nothing, traps, or is made of zeros.
  static func isFill(_ bytes: [UInt8], _ instruction: Instruction) -> Bool {
    isFill(bytes, instruction.start..<instruction.end)
  }

  private static func isFill(_ bytes: [UInt8], _ range: Range<Int>) -> Bool {
    if bytes[range].allSatisfy({ $0 == 0xcc }) || bytes[range].allSatisfy({ $0 == 0 }) {
      return true
    }
    // Prefixes, then 90, or 0f 1f with its operand.
    var place = range.lowerBound
    while place < range.upperBound - 1, [0x66, 0x2e].contains(bytes[place]) { place += 1 }
    if place == range.upperBound - 1 { return bytes[place] == 0x90 }
    return bytes[place] == 0x0f && bytes[place + 1] == 0x1f
  }
}
