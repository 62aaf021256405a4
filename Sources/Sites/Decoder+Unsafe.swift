// SPDX-License-Identifier: Apache-2.0 WITH Swift-exception
// The disassembler, by Capstone.

import CCapstone

/// Decodes one instruction of 64-bit code at a time; not for use by two threads at once.
// SAFETY: the pointer is private, and each use of it below says why it is one.
@safe struct Decoder: ~Copyable {
  private var handle: csh = 0
  private let instruction: UnsafeMutablePointer<cs_insn>

  /// - Throws: `SitesError.library` if there is no memory, or no x86 in this Capstone.
  init(details: Bool = false) throws(SitesError) {
    // SAFETY: Capstone writes the handle, which this value owns from then on.
    guard unsafe cs_open(CS_ARCH_X86, CS_MODE_64, &handle) == CS_ERR_OK else {
      throw .library("Capstone")
    }
    cs_option(handle, CS_OPT_SYNTAX, Int(CS_OPT_SYNTAX_ATT.rawValue))
    cs_option(handle, CS_OPT_DETAIL, details ? Int(CS_OPT_ON.rawValue) : 0)
    // SAFETY: the handle is open; what it gives is freed when this value ends.
    guard let memory = unsafe cs_malloc(handle) else {
      unsafe cs_close(&handle)
      throw .library("Capstone")
    }
    unsafe instruction = memory
  }

  deinit {
    var handle = handle
    // SAFETY: both are owned by this value, which ends here.
    unsafe cs_free(instruction, 1)
    unsafe cs_close(&handle)
  }

  /// Decodes what stands at an offset of the bytes; nil if that is no instruction.
  ///
  /// - Parameter end: Offset that the instruction may not pass; within the bytes.
  mutating func decode(_ bytes: [UInt8], at offset: Int, end: Int) -> Instruction? {
    guard offset >= 0, offset < end, end <= bytes.count else { return nil }
    // SAFETY: Capstone reads `left` bytes from `code` at most, which the guard has shown to be
    // in the array; it writes the instruction, which this value owns.
    let isDecoded = unsafe bytes.withUnsafeBufferPointer { buffer in
      var code = unsafe buffer.baseAddress.map { unsafe $0 + offset }
      var left = min(end - offset, 15)
      var address = UInt64(0)
      return unsafe cs_disasm_iter(handle, &code, &left, &address, instruction)
    }
    guard isDecoded else { return nil }
    // SAFETY: Capstone has just filled it.
    return unsafe Instruction(
      id: instruction.pointee.id, start: offset, size: Int(instruction.pointee.size))
  }

  /// The text of what stands at an offset, as the GNU assembler writes it.
  mutating func text(
    _ bytes: [UInt8], at offset: Int, end: Int, address: UInt64
  ) -> (size: Int, text: String)? {
    guard offset >= 0, offset < end, end <= bytes.count else { return nil }
    // SAFETY: as in `decode`; the texts end in NUL and are copied at once.
    return unsafe bytes.withUnsafeBufferPointer { buffer in
      var code = unsafe buffer.baseAddress.map { unsafe $0 + offset }
      var left = min(end - offset, 15)
      var address = address
      guard unsafe cs_disasm_iter(handle, &code, &left, &address, instruction) else { return nil }
      let name = unsafe Self.string(instruction.pointee.mnemonic)
      let operands = unsafe Self.string(instruction.pointee.op_str)
      let size = unsafe Int(instruction.pointee.size)
      return (size, operands.isEmpty ? name : name + " " + operands)
    }
  }

  /// The registers that what stands at an offset reads and writes, and what kind it is.
  ///
  /// - Precondition: Made with `details`.
  mutating func effects(_ bytes: [UInt8], at offset: Int, end: Int) -> Effects? {
    guard decode(bytes, at: offset, end: end) != nil else { return nil }
    var effects = Effects()
    // SAFETY: details are on, so Capstone has filled them; both lists hold what it says they do,
    // and `cs_regs_access` writes 64 registers at most to each of ours.
    guard let detail = unsafe instruction.pointee.detail else { return nil }
    unsafe withUnsafeBytes(of: detail.pointee.groups) { groups in
      for index in 0..<min(unsafe Int(detail.pointee.groups_count), groups.count) {
        unsafe effects.groups.append(UInt32(groups[index]))
      }
    }
    var read = [UInt16](repeating: 0, count: 64)
    var written = [UInt16](repeating: 0, count: 64)
    var readCount: UInt8 = 0
    var writtenCount: UInt8 = 0
    let result = unsafe read.withUnsafeMutableBytes { readBytes in
      unsafe written.withUnsafeMutableBytes { writtenBytes in
        let readStart = unsafe readBytes.assumingMemoryBound(to: UInt16.self).baseAddress
        let writtenStart = unsafe writtenBytes.assumingMemoryBound(to: UInt16.self).baseAddress
        guard let readStart = unsafe readStart, let writtenStart = unsafe writtenStart else {
          return CS_ERR_MEM
        }
        return unsafe Self.access(
          handle, instruction, readStart, &readCount, writtenStart, &writtenCount)
      }
    }
    guard result == CS_ERR_OK else { return nil }
    effects.read = read.prefix(Int(readCount)).map(UInt32.init)
    effects.written = written.prefix(Int(writtenCount)).map(UInt32.init)
    return effects
  }

  private static func access(
    _ handle: csh, _ instruction: UnsafeMutablePointer<cs_insn>,
    _ read: UnsafeMutablePointer<UInt16>, _ readCount: inout UInt8,
    _ written: UnsafeMutablePointer<UInt16>, _ writtenCount: inout UInt8
  ) -> cs_err {
    // SAFETY: C sees the fixed arrays as pointers to their first elements; each has 64.
    unsafe cs_regs_access(handle, instruction, read, &readCount, written, &writtenCount)
  }

  private static func string<Fixed>(_ fixed: Fixed) -> String {
    // SAFETY: the bytes are those of a copy that lives for the call.
    unsafe withUnsafeBytes(of: fixed) { bytes in
      unsafe String(decoding: bytes.prefix { $0 != 0 }, as: UTF8.self)
    }
  }
}
