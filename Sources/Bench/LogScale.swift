// SPDX-License-Identifier: Apache-2.0 WITH Swift-exception
// A logarithmic axis.

import Glibc

/// Places values on an axis whose ends are powers of ten.
struct LogScale {
  /// The exponents of the ends.
  let low: Int
  let high: Int
  /// In the units of the drawing.
  let width: Double

  /// - Parameter values: what must find a place; those that are not positive are ignored.
  init(holding values: [Double], width: Double) {
    let positive = values.filter { $0 > 0 && $0.isFinite }
    low = positive.min().map { Int(log10($0).rounded(.down)) } ?? 0
    let top = positive.max().map { Int(log10($0).rounded(.up)) } ?? 1
    high = max(top, low + 1)
    self.width = width
  }

  /// The distance from the left end, kept on the axis.
  func place(_ value: Double) -> Double {
    guard value > 0 else { return 0 }
    let share = (log10(value) - Double(low)) / Double(high - low)
    return min(max(share, 0), 1) * width
  }

  /// The powers of ten on the axis.
  var decades: [Double] { (low...high).map { pow(10, Double($0)) } }

  /// The lines between them: 2, 3, … 9 times each power.
  var minor: [Double] {
    decades.dropLast().flatMap { decade in (2...9).map { decade * Double($0) } }
  }
}
