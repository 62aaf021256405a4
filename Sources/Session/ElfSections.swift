// SPDX-License-Identifier: Apache-2.0 WITH Swift-exception
// The sections of an ELF file, which hold what debuggers want to know.

/// An ELF file as bytes, and where its sections are.
struct ElfSections {
  struct Section {
    let name: NativeString
    let type: UInt32
    let bytes: Range<Int>
    /// Index of the section that this one refers to.
    let link: Int
  }

  let image: [UInt8]
  private(set) var all: [Section] = []

  private static let headerSize = 64
  private static let rowSize = 64

  /// Reads what is there: a damaged file has fewer sections, or none.
  init(_ image: [UInt8]) {
    self.image = image
    guard image.count >= Self.headerSize else { return }
    let table = image.little(UInt64.self, at: 40)
    let count = UInt64(image.little(UInt16.self, at: 60))
    guard let rows = image.bounds(table, count * UInt64(Self.rowSize)) else { return }
    let starts = stride(from: rows.lowerBound, to: rows.upperBound, by: Self.rowSize)
    let names = body(rows.lowerBound + Int(image.little(UInt16.self, at: 62)) * Self.rowSize, rows)
    all = starts.map { row in
      Section(
        name: string(in: names, at: Int(image.little(UInt32.self, at: row))),
        type: image.little(UInt32.self, at: row + 4), bytes: body(row, rows),
        link: Int(image.little(UInt32.self, at: row + 40)))
    }
  }

  /// The bytes of a section, none if it is not there.
  subscript(name: NativeString) -> Range<Int> {
    all.first { $0.name == name }?.bytes ?? 0..<0
  }

  /// The string that starts so far into a section and ends in NUL.
  func string(in section: Range<Int>, at offset: Int) -> NativeString {
    guard offset < section.count else { return "" }
    return NativeString(image[(section.lowerBound + offset)..<section.upperBound])
  }

  private func body(_ row: Int, _ rows: Range<Int>) -> Range<Int> {
    guard row < rows.upperBound else { return 0..<0 }
    let offset = image.little(UInt64.self, at: row + 24)
    return image.bounds(offset, image.little(UInt64.self, at: row + 32)) ?? 0..<0
  }
}

extension Array where Element == UInt8 {
  /// The range of so many bytes at an offset, or nil if the array does not hold it.
  fileprivate func bounds(_ offset: UInt64, _ size: UInt64) -> Range<Int>? {
    guard offset <= UInt64(count), size <= UInt64(count) - offset else { return nil }
    return Int(offset)..<Int(offset + size)
  }
}
