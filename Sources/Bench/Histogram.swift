// SPDX-License-Identifier: Apache-2.0 WITH Swift-exception
// The shape of a distribution in a few characters.

/// Counts of samples in bins of equal width.
struct Histogram {
  private static let blocks: [Character] = ["▁", "▂", "▃", "▄", "▅", "▆", "▇", "█"]
  let counts: [Int]

  /// The bins reach to six MAD beyond the median; what lies farther is counted in the last one.
  init(_ values: [Double], bins: Int) {
    var counts = [Int](repeating: 0, count: max(bins, 1))
    let low = values.min() ?? 0
    let reach = Statistics.median(values) + 6 * Statistics.deviation(values)
    let width = (min(reach, values.max() ?? 0) - low) / Double(counts.count)
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
