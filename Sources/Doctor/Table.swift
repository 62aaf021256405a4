// SPDX-License-Identifier: Apache-2.0 WITH Swift-exception
// Aligned columns for a terminal, the last one wrapped.

/// Rows of text in columns, at most `width` characters wide.
struct Table {
  /// Characters in a line at most.
  static let width = 100
  private static let gap = 2

  private let rows: [[String]]
  private let widths: [Int]

  /// All rows have as many cells as the first.
  init(_ rows: [[String]]) {
    self.rows = rows
    let columns = rows.first?.count ?? 0
    widths = (0..<columns).map { column in
      rows.map { column < $0.count ? $0[column].count : 0 }.max() ?? 0
    }
  }

  /// The lines, without their ends, each indented by the gap between columns.
  var lines: [String] { rows.flatMap(lines(of:)) }

  private func lines(of row: [String]) -> [String] {
    var start = String(repeating: " ", count: Table.gap)
    for (cell, width) in zip(row.dropLast(), widths) {
      start += cell + String(repeating: " ", count: width - cell.count + Table.gap)
    }
    let pieces = Table.wrap(row.last ?? "", to: Table.width - start.count)
    let blank = String(repeating: " ", count: start.count)
    return pieces.enumerated().map { index, piece in
      Table.withoutTrailingBlanks((index == 0 ? start : blank) + piece)
    }
  }

  /// Breaks at blanks; a word longer than the width stays whole.
  static func wrap(_ text: String, to width: Int) -> [String] {
    var lines = [""]
    for word in text.split(separator: " ") {
      let line = lines[lines.count - 1]
      if line.isEmpty {
        lines[lines.count - 1] = String(word)
      } else if line.count + 1 + word.count <= width {
        lines[lines.count - 1] = "\(line) \(word)"
      } else {
        lines.append(String(word))
      }
    }
    return lines
  }

  private static func withoutTrailingBlanks(_ line: String) -> String {
    String(line.reversed().drop { $0 == " " }.reversed())
  }
}
