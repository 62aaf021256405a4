// SPDX-License-Identifier: Apache-2.0 WITH Swift-exception
// The report for spreadsheets and scripts.

extension Report {
  private static let head = [
    "subject", "way", "median_ns", "low_ns", "high_ns", "mean_ns", "stddev_ns", "min_ns", "max_ns",
    "user_ns", "system_ns", "reference", "ratio", "ratio_low", "ratio_high", "samples", "outliers",
    "noise_floor", "verdict",
  ]

  /// A line of names, then one for each way of each subject.
  ///
  /// - Source: RFC 4180, but for the ends of lines.
  package var csv: String {
    let lines = groups.flatMap { group in group.rows.map { cells($0, group) } }
    return ([Report.head] + lines).map { $0.map(quoted).joined(separator: ",") + "\n" }.joined()
  }

  private func cells(_ row: Row, _ group: Group) -> [String] {
    let times = [
      row.median.value, row.median.low, row.median.high, row.mean, row.standardDeviation,
      row.least, row.most,
    ]
    let processor = row.processor.map { [$0.user.fixed(0), $0.system.fixed(0)] } ?? ["", ""]
    let ratios = [row.ratio.value, row.ratio.low, row.ratio.high].map { $0.fixed(4) }
    return [group.subject.name, row.way.name] + times.map { $0.fixed(2) } + processor
      + [reference.name] + ratios
      + ["\(row.batches.count)", "\(row.outliers)", group.noiseFloor.fixed(4)]
      + [row.verdict?.rawValue ?? ""]
  }

  private func quoted(_ cell: String) -> String {
    guard cell.contains(where: { ",\"\n".contains($0) }) else { return cell }
    return "\""
      + cell.split(separator: "\"", omittingEmptySubsequences: false)
      .joined(separator: "\"\"") + "\""
  }
}
