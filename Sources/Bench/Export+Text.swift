// SPDX-License-Identifier: Apache-2.0 WITH Swift-exception
// The report for a terminal.

extension Report {
  /// Machine, warnings, and an aligned table with a small histogram for each subject.
  package var text: String {
    var lines = [machine.line, "\(rounds) rounds, medians with 95 % intervals"]
    lines += machine.warnings.map { "warning: \($0)" }
    for group in groups { lines += [""] + self.lines(of: group) }
    if !omissions.isEmpty { lines += ["", "Not measured:"] + omissions.map { "  " + $0 } }
    return lines.joined(separator: "\n") + "\n"
  }

  private func lines(of group: Group) -> [String] {
    let isCommand = group.rows.contains { $0.processor != nil }
    var head = ["", "median", "95 % interval", "× \(reference.name)", "", ""]
    if isCommand { head += ["user", "system"] }
    let cells = group.rows.map { row in
      [
        row.way.name, row.median.value.duration, row.median.interval,
        row.verdict == nil ? "" : row.ratio.value.threeDigits,
        row.verdict.map(note) ?? "", Histogram(row.batches, bins: 12).text,
      ]
        + (row.processor.map { [$0.user.duration, $0.system.duration] } ?? [])
    }
    let floor = "noise floor \(group.noiseFloor.percent)"
    let outliers = group.rows.reduce(0) { $0 + $1.outliers }
    let batches = group.rows.reduce(0) { $0 + $1.batches.count }
    return ["\(group.subject.title)   (\(floor); \(outliers) outliers in \(batches) samples)"]
      + Columns([head] + cells, left: [0, 4, 5]).lines
  }

  private func note(_ verdict: Verdict) -> String {
    verdict == .slower ? "" : verdict.rawValue
  }
}

extension Estimate {
  /// "108–115 ns", or both units where they differ.
  var interval: String {
    let ends = (low.duration.split(separator: " "), high.duration.split(separator: " "))
    guard ends.0.count == 2, ends.1.count == 2 else { return "\(low.duration)–\(high.duration)" }
    return ends.0[1] == ends.1[1]
      ? "\(ends.0[0])–\(ends.1[0]) \(ends.1[1])" : "\(low.duration)–\(high.duration)"
  }
}
