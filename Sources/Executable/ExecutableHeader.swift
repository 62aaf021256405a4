// SPDX-License-Identifier: Apache-2.0 WITH Swift-exception
// The ELF header of an executable, as far as execve looks at it.

import LinuxABI

/// The checked header of an x86-64 ELF executable.
///
/// As the kernel, it looks at the magic, the machine, the type and the shape of the program
/// header table only: class, byte order and version may be anything.
///
/// - Source: `fs/binfmt_elf.c`, `load_elf_binary` and `load_elf_phdrs`; `elf(5)`.
package struct ExecutableHeader: Sendable {
  /// Bytes to read from the start of a file.
  package static var size: Int { 64 }
  /// Bytes in a program header.
  package static var programHeaderSize: Int { 56 }

  /// Whether the image goes wherever there is room. The corresponding C constant is `ET_DYN`.
  package let isRelocatable: Bool
  /// Address of the first instruction, before relocation.
  package let entry: UInt64
  /// Byte offset of the program header table in the file; not yet compared with the file's size.
  package let programHeaderOffset: UInt64
  /// Number of program headers, 1 to 1170.
  package let programHeaderCount: Int
  package let role: ImageRole
  let type: UInt16

  /// Bytes in the program header table, at most 64 KiB.
  package var tableSize: Int { programHeaderCount &* Self.programHeaderSize }

  /// Byte offset in the file of a program header.
  func place(_ index: Int) -> UInt64 {
    programHeaderOffset &+ UInt64(index) &* UInt64(Self.programHeaderSize)
  }

  /// Reads the first `size` bytes of a file; fewer if the file is shorter.
  ///
  /// - Throws: `FormatError`, never fatal.
  package init(_ bytes: borrowing RawSpan, role: ImageRole = .program) throws(FormatError) {
    if role == .interpreter && bytes.byteCount < Self.size {
      throw Self.truncated(bytes, .ioError)
    }
    do {
      try Self.checkIdentity(bytes, role)
      try Self.checkTable(bytes, role)
    } catch {
      guard error.offset >= UInt64(bytes.byteCount) else { throw error }
      throw Self.truncated(bytes, error.errno)
    }
    type = bytes.uint16(at: 16)
    isRelocatable = type == 3
    entry = bytes.uint64(at: 24)
    programHeaderOffset = bytes.uint64(at: 32)
    programHeaderCount = Int(bytes.uint16(at: 56))
    self.role = role
  }

  private static func truncated(_ bytes: borrowing RawSpan, _ errno: Errno) -> FormatError {
    let found = UInt64(bytes.byteCount)
    return FormatError(
      .truncated, offset: found, expected: UInt64(size), found: found, errno: errno)
  }

  private static func checkIdentity(
    _ bytes: borrowing RawSpan, _ role: ImageRole
  ) throws(FormatError) {
    let magic = bytes.uint32(at: 0)
    guard magic == FileKind.elfMagic else {
      throw FormatError(
        .notELF, offset: 0, expected: UInt64(FileKind.elfMagic), found: UInt64(magic),
        errno: role.refusal)
    }
    let machine = Machine(bytes)
    guard machine.isX8664 else {
      throw FormatError(
        machine.reason, offset: 18, expected: UInt64(Machine.x8664),
        found: UInt64(machine.number), errno: role.refusal)
    }
    // Of an interpreter the kernel looks at the type only when the old program is gone.
    let type = bytes.uint16(at: 16)
    guard type == 2 || type == 3 || role == .interpreter else {
      throw FormatError(
        .wrongType, offset: 16, expected: 2, found: UInt64(type), errno: role.refusal)
    }
  }

  private static func checkTable(
    _ bytes: borrowing RawSpan, _ role: ImageRole
  ) throws(FormatError) {
    let entrySize = bytes.uint16(at: 54)
    guard entrySize == UInt16(programHeaderSize) else {
      throw FormatError(
        Machine(bytes).isX32 ? .x32 : .programHeaderSize, offset: 54,
        expected: UInt64(programHeaderSize), found: UInt64(entrySize), errno: role.refusal)
    }
    let count = Int(bytes.uint16(at: 56))
    guard count > 0, count &* programHeaderSize <= 65536 else {
      throw FormatError(
        .programHeaderCount, offset: 56, expected: count == 0 ? 1 : 1170, found: UInt64(count),
        errno: role.refusal)
    }
  }
}
