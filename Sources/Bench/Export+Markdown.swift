// SPDX-License-Identifier: Apache-2.0 WITH Swift-exception
// The report for documents.

extension Report {
  /// A line on the machine, then a table.
  package var markdown: String {
    var lines = ["\(machine.line); \(rounds) rounds, medians with 95 % intervals.", ""]
    lines += machine.warnings.map { "- warning: \($0)" }
    if !machine.warnings.isEmpty { lines.append("") }
    lines += ["| what | way | median | 95 % interval | × \(reference.name) | |"]
    lines += ["|---|---|---:|---:|---:|---|"]
    for group in groups {
      for row in group.rows {
        let ratio = row.verdict == nil ? "" : row.ratio.value.threeDigits
        let verdict = row.verdict == .slower ? "" : row.verdict?.rawValue ?? ""
        let cells = [
          escaped(group.subject.title), row.way.name, row.median.value.duration,
          row.median.interval, ratio, verdict,
        ]
        lines.append("| " + cells.joined(separator: " | ") + " |")
      }
    }
    if !omissions.isEmpty { lines += ["", "Not measured:", ""] + omissions.map { "- \($0)" } }
    return lines.joined(separator: "\n") + "\n"
  }

  private func escaped(_ text: String) -> String {
    text.split(separator: "|", omittingEmptySubsequences: false).joined(separator: "\\|")
  }
}
