// SPDX-License-Identifier: Apache-2.0 WITH Swift-exception
// Aligned columns of numbers.

/// Rows of cells, numbers to the right.
struct Columns {
  private let rows: [[String]]
  private let left: Set<Int>

  /// - Parameter left: the columns that are aligned to the left.
  init(_ rows: [[String]], left: Set<Int>) {
    self.rows = rows
    self.left = left
  }

  /// The lines, indented by two, without trailing blanks.
  var lines: [String] {
    let count = rows.map(\.count).max() ?? 0
    let widths = (0..<count).map { column in
      rows.map { column < $0.count ? $0[column].count : 0 }.max() ?? 0
    }
    return rows.map { row in
      let cells = row.enumerated().map { column, cell in
        let blanks = String(repeating: " ", count: widths[column] - cell.count)
        return left.contains(column) ? cell + blanks : blanks + cell
      }
      let line = "  " + cells.joined(separator: "  ")
      return String(line.reversed().drop { $0 == " " }.reversed())
    }
  }
}
