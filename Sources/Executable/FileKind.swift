// SPDX-License-Identifier: Apache-2.0 WITH Swift-exception
// What kind of executable a file is, by its first bytes.

/// The kind of a file that is to be executed.
///
/// - Source: `fs/exec.c`, `search_binary_handler`.
package enum FileKind: Equatable, Sendable {
  /// An x86-64 program.
  case elf64
  /// A program for the kernel's 32-bit modes: ia32 or x32.
  case elf32
  /// A program for another machine, by its `e_machine`.
  case elfForeign(machine: UInt16)
  case script
  case unknown

  static var elfMagic: UInt32 { 0x464c_457f }
  static var scriptMagic: UInt16 { 0x2123 }

  /// Tells the kind from the first 64 bytes of a file, or from all of a shorter one.
  package static func of(_ first: borrowing RawSpan) -> FileKind {
    if first.uint16(at: 0) == scriptMagic { return .script }
    guard first.uint32(at: 0) == elfMagic, first.byteCount >= 20 else { return .unknown }
    let machine = Machine(first)
    if machine.isX86 || machine.isX32 { return .elf32 }
    return machine.isX8664 ? .elf64 : .elfForeign(machine: machine.number)
  }
}
