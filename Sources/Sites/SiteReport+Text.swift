// SPDX-License-Identifier: Apache-2.0 WITH Swift-exception
// Sites as a table, for people.

extension SiteReport {
  /// The table of sites, then the totals; it ends in a newline.
  package var text: String {
    var lines = ["\(path): \(plan.sites.count) sites, identity \(plan.identity)"]
    let rows =
      [["address", "function", "kind", "number", "way", "bytes", "proof"]]
      + plan.sites.map(row)
    lines += plan.sites.isEmpty ? [] : Self.aligned(rows)
    lines.append("  " + totals)
    return lines.map { $0 + "\n" }.joined()
  }

  /// How many sites are rewritten in each way, and how many pairs are no sites.
  var totals: String {
    let ways = RewriteWay.allCases.dropFirst() + [.none]
    let strays = SiteKind.allCases.map { "\($0.name) \(plan.strays[$0] ?? 0)" }
    return ways.map { "\($0.name) \(plan.count($0))" }.joined(separator: ", ")
      + "; not instructions: " + strays.joined(separator: ", ")
  }

  private func row(_ site: Site) -> [String] {
    [
      Self.hex(site.address), Self.shortened(function(site)), site.kind.name,
      site.number.map(String.init) ?? "-", site.way.name, Self.hex(site.original), proof(site),
    ]
  }

  /// C++ names can fill a screen, and could hold what a terminal obeys.
  private static func shortened(_ name: String) -> String {
    let safe = String(
      String.UnicodeScalarView(
        name.unicodeScalars.map { $0.value < 0x20 || $0.value == 0x7f ? "?" : $0 }))
    return safe.count <= 40 ? safe : safe.prefix(25) + "..." + safe.suffix(12)
  }

  private static func aligned(_ rows: [[String]]) -> [String] {
    let columns = rows.first?.count ?? 0
    let widths = (0..<columns).map { column in rows.map { $0[column].count }.max() ?? 0 }
    return rows.map { row in
      let cells = zip(row, widths).map { cell, width in
        cell + String(repeating: " ", count: width - cell.count)
      }
      let line = "  " + cells.joined(separator: "  ")
      return String(line.reversed().drop { $0 == " " }.reversed())
    }
  }
}
