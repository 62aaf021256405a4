// SPDX-License-Identifier: Apache-2.0 WITH Swift-exception
// Go's own table of functions, which is there even in stripped programs.

/// The functions of a Go program.
///
/// - Source: Go, `src/debug/gosym/pclntab.go`.
struct GoTable {
  private(set) var functions: [(start: UInt64, name: String)] = []
  /// Where the last function ends.
  private(set) var end: UInt64 = 0

  static let sectionNames = [".gopclntab", ".data.rel.ro.gopclntab"]

  /// Where the parts of the table are, in bytes from its start.
  private struct Shape {
    let functions: Int
    let names: Int
    let start: UInt64
    /// Rows are of two numbers of so many bytes.
    let width: Int
  }

  /// An unknown version has no functions; the symbols may know them.
  ///
  /// - Throws: `SitesError.damaged` where the table contradicts itself.
  init(_ image: Image, _ section: Section) throws(SitesError) {
    let table = section.bytes
    guard table.count >= 72, image.bytes[table.lowerBound + 7] == 8 else { return }
    func word(_ index: Int) -> UInt64 {
      image.bytes.little(UInt64.self, at: table.lowerBound + 8 + index * 8)
    }
    let shape: Shape
    switch image.bytes.little(UInt32.self, at: table.lowerBound) {
    case 0xffff_fff0, 0xffff_fff1:
      let text = image.section(".text")?.address ?? 0
      shape = Shape(
        functions: Int(clamping: word(7)), names: Int(clamping: word(3)),
        start: word(2) == 0 ? text : word(2), width: 4)
    case 0xffff_fffa:
      shape = Shape(
        functions: Int(clamping: word(6)), names: Int(clamping: word(2)), start: 0, width: 8)
    case 0xffff_fffb: shape = Shape(functions: 16, names: 0, start: 0, width: 8)
    default: return
    }
    guard shape.functions <= table.count, shape.names <= table.count,
      word(0) < UInt64((table.count - shape.functions) / (2 * shape.width))
    else {
      throw .damaged(
        section.name, at: table.lowerBound + 8, expected: "functions within the section",
        found: word(0))
    }
    read(image, table, shape, count: Int(word(0)))
  }

  private mutating func read(
    _ image: Image, _ table: Range<Int>, _ shape: Shape, count: Int
  ) {
    let rows = table.lowerBound + shape.functions
    // Up to version 1.2 places count from the table's start.
    let bodies = shape.names == 0 ? table.lowerBound : rows
    func field(_ index: Int) -> UInt64 {
      let at = rows + index * shape.width
      return shape.width == 4
        ? UInt64(image.bytes.little(UInt32.self, at: at)) : image.bytes.little(UInt64.self, at: at)
    }
    for index in 0..<count {
      let body = bodies + Int(clamping: field(2 * index + 1) & 0xffff_ffff)
      let nameField = body + shape.width
      var name = ""
      if nameField + 4 <= table.upperBound {
        let offset = Int(image.bytes.little(UInt32.self, at: nameField))
        name = text(image, table.lowerBound + shape.names + offset, table.upperBound)
      }
      functions.append((shape.start &+ field(2 * index), name))
    }
    end = shape.start &+ field(2 * count)
  }

  private func text(_ image: Image, _ start: Int, _ end: Int) -> String {
    guard start < end else { return "" }
    let rest = image.bytes[start..<min(end, start + 256)]
    return String(decoding: rest.prefix { $0 != 0 }, as: UTF8.self)
  }
}
