// SPDX-License-Identifier: Apache-2.0 WITH Swift-exception
// What the instructions before a jump through a table mean.

extension Operation {
  /// Comparisons with larger numbers are of something else.
  private static let limit = 4096

  /// Whether it compares a register with `immediate`.
  func compares(_ register: UInt8) -> Bool {
    // 0x83 extends the sign of its byte.
    let limit = opcode == 0x83 ? 0x80 : Self.limit
    return [0x3c, 0x3d, 0x80, 0x81, 0x83].contains(opcode) && self.register & 7 == 7
      && operand == .register(register) && immediate < limit
  }

  /// Whether it branches away if the first of what was compared was above the second.
  var branchesIfAbove: Bool { opcode == 0x77 || opcode == 0x0f87 }

  /// The register that it copies to another, or nil if it does something else.
  func source(movedTo register: UInt8) -> UInt8? {
    guard case .register(let other) = operand else { return nil }
    // mov, movslq, movzbl and movzwl, then mov the other way round.
    if self.register == register, [0x8b, 0x63, 0x0fb6, 0x0fb7].contains(opcode) { return other }
    return opcode == 0x89 && other == register ? self.register : nil
  }
}
