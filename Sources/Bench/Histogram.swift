// SPDX-License-Identifier: Apache-2.0 WITH Swift-exception
// The shape of a distribution in a few characters.

/// Counts of samples in bins of equal width.
struct Histogram {
  private static let blocks: [Character] = ["▁", "▂", "▃", "▄", "▅", "▆", "▇", "█"]
  let counts: [Int]

  /// The topmost fiftieth, which may be far away, is counted in the last bin.
  init(_ values: [Double], bins: Int) {
    var counts = [Int](repeating: 0, count: max(bins, 1))
    let low = values.min() ?? 0
    let width = (Statistics.quantile(values, 0.98) - low) / Double(counts.count)
    for value in values {
      let place = width > 0 ? (value - low) / width : 0
      counts[Int(min(place, Double(counts.count - 1)))] += 1
    }
    self.counts = counts
  }

  /// One block a bin, a space for an empty one.
  var text: String {
    let highest = max(counts.max() ?? 1, 1)
    return String(
      counts.map { count in
        count == 0 ? " " : Self.blocks[(count * Self.blocks.count - 1) / highest]
      })
  }
}
