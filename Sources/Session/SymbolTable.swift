// SPDX-License-Identifier: Apache-2.0 WITH Swift-exception
// Names of functions, out of an ELF file's symbol table.

/// The functions that an ELF file names.
struct SymbolTable {
  private struct Function {
    let start: UInt64
    let size: UInt64
    let name: NativeString
  }

  private var functions: [Function] = []

  private static let rowSize = 24
  private static let symbolTableType: UInt32 = 2
  private static let functionType: UInt8 = 2

  /// A file without symbols, or a damaged one, has no functions.
  init(_ sections: ElfSections) {
    let image = sections.image
    for section in sections.all where section.type == Self.symbolTableType {
      guard sections.all.indices.contains(section.link) else { continue }
      let names = sections.all[section.link].bytes
      let count = section.bytes.count / Self.rowSize
      for row in (0..<count).map({ section.bytes.lowerBound + $0 * Self.rowSize })
      where image[row + 4] & 0xf == Self.functionType {
        functions.append(
          Function(
            start: image.little(UInt64.self, at: row + 8),
            size: image.little(UInt64.self, at: row + 16),
            name: sections.string(in: names, at: Int(image.little(UInt32.self, at: row)))))
      }
    }
  }

  /// Function and distance from its start, or only the offset if no function is known there.
  func place(of offset: UInt64) -> String {
    let found = functions.first { offset >= $0.start && offset - $0.start < max($0.size, 1) }
    guard let found else { return "offset 0x" + String(offset, radix: 16) }
    return "\(found.name.demangled)+0x" + String(offset - found.start, radix: 16)
  }
}
