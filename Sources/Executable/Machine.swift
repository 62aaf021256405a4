// SPDX-License-Identifier: Apache-2.0 WITH Swift-exception
// The machine an ELF file is for.

/// The machine field of an ELF header, read in the byte order that the file declares.
///
/// - Source: `include/uapi/linux/elf-em.h`, `arch/x86/include/asm/elf.h` (`elf_check_arch`).
struct Machine {
  /// The corresponding C constant is `EM_X86_64`.
  static var x8664: UInt16 { 62 }

  let number: UInt16
  private let isBigEndian: Bool
  private let is32Bit: Bool
  private let entrySize: UInt16

  /// Reads the first 64 bytes of a file that begins with the ELF magic.
  init(_ bytes: borrowing RawSpan) {
    let raw = bytes.uint16(at: 18)
    // The kernel ignores the declared byte order, so a match as it stands goes first.
    isBigEndian = bytes.byte(at: 5) == 2 && raw != Self.x8664
    number = isBigEndian ? raw.byteSwapped : raw
    is32Bit = bytes.byte(at: 4) == 1
    entrySize = bytes.uint16(at: 54)
  }

  var isX8664: Bool { number == Self.x8664 && !isBigEndian }

  /// Whether this is code of the x32 ABI: x86-64 instructions in a 32-bit file.
  var isX32: Bool { isX8664 && is32Bit && entrySize == 32 }

  /// Whether this is one of the machines that the ia32 emulation takes.
  var isX86: Bool { !isBigEndian && (number == 3 || number == 6) }

  /// Why a machine other than x86-64 is refused.
  var reason: FormatError.Reason {
    if isX86 { return .wrongClass }
    return isBigEndian ? .wrongEndian : .wrongMachine
  }
}
