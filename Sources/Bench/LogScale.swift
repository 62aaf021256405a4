// SPDX-License-Identifier: Apache-2.0 WITH Swift-exception
// A logarithmic axis.

import Glibc

/// Places values on an axis, with some room to the left of the least.
struct LogScale {
  /// The logarithms of the ends.
  private let low: Double
  private let high: Double
  /// In the units of the drawing.
  let width: Double

  /// - Parameter values: what must find a place; those that are not positive are ignored.
  init(holding values: [Double], width: Double) {
    let positive = values.filter { $0 > 0 && $0.isFinite }
    let least = positive.min() ?? 1
    low = log10(least) - 0.25
    high = max(log10(positive.max() ?? least), low + 0.5)
    self.width = width
  }

  /// The distance from the left end, kept on the axis.
  func place(_ value: Double) -> Double {
    guard value > 0 else { return 0 }
    return min(max((log10(value) - low) / (high - low), 0), 1) * width
  }

  /// Values to name: powers of ten, and 2 and 5 times those where there are few.
  var labels: [Double] {
    let decades = multiples([1])
    return decades.count > 1 ? decades : multiples([1, 2, 5])
  }

  /// The lines of the grid: 1, 2, … 9 times each power of ten.
  var lines: [Double] { multiples((1...9).map(Double.init)) }

  private func multiples(_ factors: [Double]) -> [Double] {
    (Int(low.rounded(.down))...Int(high.rounded(.up))).flatMap { exponent in
      factors.map { $0 * pow(10, Double(exponent)) }
    }.filter { log10($0) >= low && log10($0) <= high }
  }
}
