// SPDX-License-Identifier: Apache-2.0 WITH Swift-exception
// Symbols of an ELF file.

/// A symbol that has an address.
struct SymbolRow {
  let name: String
  let address: UInt64
  /// Bytes; 0 if unknown.
  let size: UInt64
  /// Whether it is said to be a function.
  let isFunction: Bool
  /// Whether it names an address at all, and not a file or a thread-local offset.
  let isAddress: Bool

  /// Bytes of a row in the file.
  static let size = 24

  /// Reads a row; the caller has checked that it lies within.
  ///
  /// - Source: `elf(5)`, `Elf64_Sym`.
  init(_ bytes: [UInt8], at row: Int, names: Range<Int>) {
    let type = bytes[row + 4] & 0xf
    address = bytes.little(UInt64.self, at: row + 8)
    size = bytes.little(UInt64.self, at: row + 16)
    let isDefined = bytes.little(UInt16.self, at: row + 6) != 0
    // STT_FUNC and STT_GNU_IFUNC.
    isFunction = isDefined && (type == 2 || type == 10)
    // All but STT_SECTION, STT_FILE and STT_TLS.
    isAddress = isDefined && type != 3 && type != 4 && type != 6
    name = isFunction ? Self.text(bytes, Int(bytes.little(UInt32.self, at: row)), names) : ""
  }

  private static func text(_ bytes: [UInt8], _ offset: Int, _ names: Range<Int>) -> String {
    guard offset < names.count else { return "" }
    // Names are for people; a hostile one of megabytes is no use to them.
    let start = names.lowerBound + offset
    let rest = bytes[start..<min(names.upperBound, start + 256)]
    return String(decoding: rest.prefix { $0 != 0 }, as: UTF8.self)
  }
}

extension Image {
  /// Calls back with each symbol of a table.
  func symbols(
    _ table: Section, _ body: (SymbolRow) -> Void
  ) throws(SitesError) {
    guard sections.indices.contains(table.link) else {
      throw .damaged(
        table.name, at: table.bytes.lowerBound, expected: "the index of a string section",
        found: UInt64(table.link))
    }
    let names = sections[table.link].bytes
    let count = table.bytes.count / SymbolRow.size
    for row in 0..<count {
      body(SymbolRow(bytes, at: table.bytes.lowerBound + row * SymbolRow.size, names: names))
    }
  }
}
