// SPDX-License-Identifier: Apache-2.0 WITH Swift-exception
// One decoded instruction.

import CCapstone

/// Where an instruction is and what it is.
struct Instruction {
  /// Capstone's number of the instruction.
  let id: UInt32
  /// Offset of its first byte in the file.
  let start: Int
  /// Bytes, 1 to 15.
  let size: Int

  var end: Int { start + size }

  /// Where control goes after it.
  enum Flow {
    case next
    /// A conditional branch; the distance in bytes is from the instruction's end.
    case branch(by: Int)
    case jump(by: Int)
    case call(by: Int)
    case indirectCall
    case indirectJump
    /// Nowhere: a return, or an instruction that always faults.
    case stop
    /// It cannot be told.
    case unknown
  }

  /// What Capstone's number says of the flow.
  private enum Class: UInt8 { case plain, branch, jump, call, stop, transaction }

  private static let classes: [Class] = {
    var table = [Class](repeating: .plain, count: Int(X86_INS_ENDING.rawValue))
    let branches = [
      X86_INS_JAE, X86_INS_JA, X86_INS_JBE, X86_INS_JB, X86_INS_JCXZ, X86_INS_JECXZ, X86_INS_JE,
      X86_INS_JGE, X86_INS_JG, X86_INS_JLE, X86_INS_JL, X86_INS_JNE, X86_INS_JNO, X86_INS_JNP,
      X86_INS_JNS, X86_INS_JO, X86_INS_JP, X86_INS_JRCXZ, X86_INS_JS, X86_INS_LOOP,
      X86_INS_LOOPE, X86_INS_LOOPNE,
    ]
    for id in branches { table[Int(id.rawValue)] = .branch }
    for id in [X86_INS_JMP, X86_INS_LJMP] { table[Int(id.rawValue)] = .jump }
    for id in [X86_INS_CALL, X86_INS_LCALL] { table[Int(id.rawValue)] = .call }
    let stops = [
      X86_INS_RET, X86_INS_RETF, X86_INS_RETFQ, X86_INS_IRET, X86_INS_IRETD, X86_INS_IRETQ,
      X86_INS_HLT, X86_INS_UD0, X86_INS_UD2, X86_INS_SYSRET, X86_INS_SYSEXIT,
    ]
    for id in stops { table[Int(id.rawValue)] = .stop }
    table[Int(X86_INS_XBEGIN.rawValue)] = .transaction
    return table
  }()

  func flow(_ bytes: [UInt8]) -> Flow {
    guard Int(id) < Self.classes.count else { return .unknown }
    switch Self.classes[Int(id)] {
    case .plain: return .next
    case .stop: return .stop
    case .branch: return distance(bytes).map(Flow.branch) ?? .unknown
    case .transaction: return .branch(by: relative32(bytes))
    case .jump:
      if let distance = distance(bytes) { return .jump(by: distance) }
      return isIndirect(bytes) ? .indirectJump : .unknown
    case .call:
      if let distance = distance(bytes) { return .call(by: distance) }
      return isIndirect(bytes) ? .indirectCall : .unknown
    }
  }

  /// Whether it makes a system call, and how.
  var kind: SiteKind? {
    switch x86_insn(rawValue: id) {
    case X86_INS_SYSCALL: .syscall
    case X86_INS_SYSENTER: .sysenter
    case X86_INS_INT: .int80
    default: nil
    }
  }

  /// Whether it is a call, of a function or of the kernel, so that it may not return.
  var mayNotReturn: Bool {
    kind != nil || (Int(id) < Self.classes.count && Self.classes[Int(id)] == .call)
  }

  /// Offset of the opcode, behind prefixes.
  private func opcode(_ bytes: [UInt8]) -> Int {
    var place = start
    while place < end - 1 {
      switch bytes[place] {
      case 0x26, 0x2e, 0x36, 0x3e, 0x40...0x4f, 0x64...0x67, 0xf0, 0xf2, 0xf3: place += 1
      default: return place
      }
    }
    return place
  }

  private func isIndirect(_ bytes: [UInt8]) -> Bool { bytes[opcode(bytes)] == 0xff }

  /// The distance of a direct branch from its end, or nil if it is not of a usual form.
  private func distance(_ bytes: [UInt8]) -> Int? {
    let opcode = opcode(bytes)
    switch bytes[opcode] {
    case 0x70...0x7f, 0xe0...0xe3, 0xeb:
      return end == opcode + 2 ? Int(Int8(bitPattern: bytes[opcode + 1])) : nil
    case 0xe8, 0xe9:
      return end == opcode + 5 ? relative32(bytes) : nil
    case 0x0f:
      return end == opcode + 6 ? relative32(bytes) : nil
    default: return nil
    }
  }

  private func relative32(_ bytes: [UInt8]) -> Int {
    guard size >= 5 else { return 0 }
    return Int(Int32(bitPattern: bytes.little(UInt32.self, at: end - 4)))
  }
}
