// SPDX-License-Identifier: Apache-2.0 WITH Swift-exception
// What an instruction does beyond its own bytes.

import CCapstone

/// Registers and kinds, as Capstone numbers them.
struct Effects {
  var groups: [UInt32] = []
  var read: [UInt32] = []
  var written: [UInt32] = []

  private static let movingGroups = [
    X86_GRP_JUMP.rawValue, X86_GRP_CALL.rawValue, X86_GRP_RET.rawValue, X86_GRP_INT.rawValue,
    X86_GRP_IRET.rawValue, X86_GRP_PRIVILEGE.rawValue, X86_GRP_BRANCH_RELATIVE.rawValue,
  ]
  private static let placeRegisters = [
    X86_REG_RIP.rawValue, X86_REG_EIP.rawValue, X86_REG_IP.rawValue,
  ]
  private static let stackRegisters = [
    X86_REG_RSP.rawValue, X86_REG_ESP.rawValue, X86_REG_SP.rawValue, X86_REG_SPL.rawValue,
  ]

  /// Whether it does the same at another address, and on another stack.
  ///
  /// It may then be executed elsewhere: it neither transfers control nor enters the kernel, and
  /// uses neither the instruction pointer nor the stack pointer.
  var isMovable: Bool {
    let registers = read + written
    return !groups.contains(where: Self.movingGroups.contains)
      && !registers.contains(where: Self.placeRegisters.contains)
      && !registers.contains(where: Self.stackRegisters.contains)
  }

  /// Whether it returns with registers changed that it does not name.
  var isCall: Bool {
    groups.contains(X86_GRP_CALL.rawValue) || groups.contains(X86_GRP_INT.rawValue)
  }

  /// Whether it writes a general register, or a part of one.
  ///
  /// - Parameter register: Its number in machine code, 0 for rax to 15 for r15.
  func writes(_ register: UInt8) -> Bool {
    let names = Self.parts[Int(register & 15)]
    return written.contains(where: names.contains)
  }

  /// The names of a register in all its sizes, in the order of machine code.
  private static let parts: [[UInt32]] = [
    [X86_REG_RAX, X86_REG_EAX, X86_REG_AX, X86_REG_AL, X86_REG_AH],
    [X86_REG_RCX, X86_REG_ECX, X86_REG_CX, X86_REG_CL, X86_REG_CH],
    [X86_REG_RDX, X86_REG_EDX, X86_REG_DX, X86_REG_DL, X86_REG_DH],
    [X86_REG_RBX, X86_REG_EBX, X86_REG_BX, X86_REG_BL, X86_REG_BH],
    [X86_REG_RSP, X86_REG_ESP, X86_REG_SP, X86_REG_SPL],
    [X86_REG_RBP, X86_REG_EBP, X86_REG_BP, X86_REG_BPL],
    [X86_REG_RSI, X86_REG_ESI, X86_REG_SI, X86_REG_SIL],
    [X86_REG_RDI, X86_REG_EDI, X86_REG_DI, X86_REG_DIL],
    [X86_REG_R8, X86_REG_R8D, X86_REG_R8W, X86_REG_R8B],
    [X86_REG_R9, X86_REG_R9D, X86_REG_R9W, X86_REG_R9B],
    [X86_REG_R10, X86_REG_R10D, X86_REG_R10W, X86_REG_R10B],
    [X86_REG_R11, X86_REG_R11D, X86_REG_R11W, X86_REG_R11B],
    [X86_REG_R12, X86_REG_R12D, X86_REG_R12W, X86_REG_R12B],
    [X86_REG_R13, X86_REG_R13D, X86_REG_R13W, X86_REG_R13B],
    [X86_REG_R14, X86_REG_R14D, X86_REG_R14W, X86_REG_R14B],
    [X86_REG_R15, X86_REG_R15D, X86_REG_R15W, X86_REG_R15B],
  ].map { $0.map(\.rawValue) }
}
