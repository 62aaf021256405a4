// SPDX-License-Identifier: Apache-2.0 WITH Swift-exception
// From an address to a line of source, by the table that compilers leave for debuggers.

/// The line tables of an ELF file.
///
/// - Source: DWARF 5, section 6.2; DWARF 4, section 6.2.
struct LineTable {
  private let sections: ElfSections

  init(_ sections: ElfSections) { self.sections = sections }

  /// File and line of an address, with the file's path from its source folder on.
  func place(of address: UInt64) -> String? {
    let table = sections[".debug_line"]
    var start = table.lowerBound
    while start < table.upperBound {
      var reader = ByteReader(sections.image, start..<table.upperBound)
      let length = Int(reader.number(UInt32.self))
      let end = min(reader.position + length, table.upperBound)
      reader = ByteReader(sections.image, reader.position..<end)
      if var unit = LineUnit(&reader, sections), let found = unit.find(address, &reader) {
        return Self.short(unit.path(of: found.file)) + ":\(found.line)"
      }
      start = end
    }
    return nil
  }

  /// The part of a path from "Sources/" on, which is the same on every machine.
  private static func short(_ path: NativeString) -> String {
    let parts = path.description.split(separator: "/")
    guard let start = parts.lastIndex(of: "Sources") else {
      return parts.last.map(String.init) ?? "?"
    }
    return parts[start...].joined(separator: "/")
  }
}
