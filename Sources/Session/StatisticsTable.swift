// SPDX-License-Identifier: Apache-2.0 WITH Swift-exception
// Statistics as a table for people.

import EventLogHosted

/// A table with one line for each process and one for the sum.
struct StatisticsTable: CustomStringConvertible {
  let statistics: Statistics

  private static let titles = [
    "pid", "calls", "trap", "seccomp", "rewritten", "answered", "int80", "unknown", "name",
  ]

  var description: String {
    var rows = [Self.titles]
    rows += statistics.processes.map { process in
      Self.row(process.process == 0 ? "-" : String(process.process), process.counts, process.name)
    }
    rows.append(Self.row("all", statistics.total, ""))
    return header + Self.align(rows) + footer
  }

  private var footer: String {
    guard statistics.departed > 0 else { return "" }
    let count = statistics.departed == 1 ? "1 process" : "\(statistics.departed) processes"
    return """
      sysweir: not counted: what \(count) did after an exec as another user, in another root or \
      in a namespace, out of sysweir's reach

      """
  }

  private var header: String {
    "sysweir: trap: \(statistics.trap.rawValue), dispatch: \(statistics.dispatch.rawValue), "
      + "guard: none (no policy)\n"
  }

  private static func row(_ first: String, _ counts: CallCounts, _ name: String) -> [String] {
    let numbers = [
      counts.total, counts.sum(.trap), counts.sum(.seccomp), counts.sum(.rewritten),
      counts.sum(.answered), counts.sum(.i386), counts.sum(.unknown),
    ]
    return [first] + numbers.map { String($0) } + [name]
  }

  /// Right-aligns all columns but the last, which is text.
  private static func align(_ rows: [[String]]) -> String {
    let last = titles.count - 1
    let widths = (0..<last).map { column in rows.map { $0[column].utf8.count }.max() ?? 0 }
    return rows.map { row in
      let cells = (0..<last).map { column in
        String(repeating: " ", count: widths[column] - row[column].utf8.count) + row[column]
      }
      let line = (cells + [row[last]]).joined(separator: "  ")
      return (row[last].isEmpty ? cells.joined(separator: "  ") : line) + "\n"
    }.joined()
  }
}
