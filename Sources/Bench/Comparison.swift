// SPDX-License-Identifier: Apache-2.0 WITH Swift-exception
// What has changed since an earlier report.

/// Ratios now against ratios then.
///
/// Ratios are compared, and not times: they stay what they are where a machine is busier, or runs
/// at another frequency.
package struct Comparison: Sendable {
  struct Change: Sendable {
    let subject: String
    let way: String
    let before: Estimate
    let now: Estimate
    /// The part of 1 by which it has grown.
    let growth: Double
    let isExceeded: Bool
  }

  let changes: [Change]
  let threshold: Double

  /// - Parameter threshold: what growth is too much, as a part of 1.
  package init(_ report: Report, _ baseline: Baseline, threshold: Double) throws(BenchError) {
    guard report.reference.name == baseline.reference else {
      throw .nothingInCommon(baseline.path)
    }
    var changes: [Change] = []
    for group in report.groups {
      for row in group.rows where row.verdict != nil {
        let key = Baseline.Key(subject: group.subject.name, way: row.way.name)
        guard let before = baseline.ratios[key] else { continue }
        let growth = row.ratio.value / before.value - 1
        changes.append(
          Change(
            subject: key.subject, way: key.way, before: before, now: row.ratio, growth: growth,
            isExceeded: growth > max(threshold, group.noiseFloor) && row.ratio.low > before.high))
      }
    }
    guard !changes.isEmpty else { throw .nothingInCommon(baseline.path) }
    self.changes = changes
    self.threshold = threshold
  }

  /// True if nothing grew by more than the threshold, beyond the noise.
  package var isPassed: Bool { !changes.contains { $0.isExceeded } }

  /// A table, and a line that sums it up.
  package var text: String {
    let rows = changes.map { change in
      [
        change.subject, change.way, change.before.value.times, change.now.value.times,
        (change.growth < 0 ? "" : "+") + change.growth.percent,
        change.isExceeded ? "exceeds the threshold" : "",
      ]
    }
    let head = ["", "", "before", "now", "change", ""]
    let count = changes.count { $0.isExceeded }
    let sum =
      count == 0
      ? "none of \(changes.count) ratios grew by more than \(threshold.percent) beyond the noise"
      : "\(count) of \(changes.count) ratios grew by more than \(threshold.percent)"
    return "\nCompared with the baseline:\n"
      + Columns([head] + rows, left: [0, 1, 5]).lines.map { $0 + "\n" }.joined() + sum + "\n"
  }
}
