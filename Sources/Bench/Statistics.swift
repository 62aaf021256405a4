// SPDX-License-Identifier: Apache-2.0 WITH Swift-exception
// Statistics that do not mind what else the machine did: medians, and what follows from them.

import Glibc

/// What is computed from samples. Every function gives 0 for none.
package enum Statistics {
  /// The middle value, or the mean of the two in the middle.
  package static func median(_ values: [Double]) -> Double { medianOfSorted(values.sorted()) }

  private static func medianOfSorted(_ sorted: [Double]) -> Double {
    guard !sorted.isEmpty else { return 0 }
    let middle = sorted.count / 2
    return sorted.count % 2 == 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2
  }

  /// The median of the distances to the median (MAD).
  package static func deviation(_ values: [Double]) -> Double {
    let center = median(values)
    return median(values.map { abs($0 - center) })
  }

  /// How many values lie far from the others.
  ///
  /// Far is more than 3.5 in the modified score 0.6745 (x - median) / MAD.
  /// - Source: Iglewicz and Hoaglin, How to Detect and Handle Outliers, 1993.
  package static func outliers(_ values: [Double]) -> Int {
    let center = median(values)
    let spread = deviation(values)
    guard spread > 0 else { return 0 }
    return values.count { 0.6745 * abs($0 - center) / spread > 3.5 }
  }

  package static func mean(_ values: [Double]) -> Double {
    values.isEmpty ? 0 : values.reduce(0, +) / Double(values.count)
  }

  /// The sample's standard deviation, 0 for less than two values.
  package static func standardDeviation(_ values: [Double]) -> Double {
    guard values.count > 1 else { return 0 }
    let center = mean(values)
    let squares = values.reduce(0) { $0 + ($1 - center) * ($1 - center) }
    return (squares / Double(values.count - 1)).squareRoot()
  }

  /// The value below which a share of the values lies, between neighbours in proportion.
  package static func quantile(_ values: [Double], _ share: Double) -> Double {
    let sorted = values.sorted()
    guard let last = sorted.last else { return 0 }
    let place = share * Double(sorted.count - 1)
    let index = Int(place)
    guard index >= 0, index + 1 < sorted.count else { return index < 0 ? sorted[0] : last }
    return sorted[index] + (place - Double(index)) * (sorted[index + 1] - sorted[index])
  }

  /// The median and its 95 % interval, by the percentile bootstrap.
  ///
  /// - Source: Efron and Tibshirani, An Introduction to the Bootstrap, chapter 13.
  package static func bootstrap(
    _ values: [Double], resamples: Int = 2000, seed: UInt64 = 1
  ) -> Estimate {
    let center = median(values)
    guard values.count > 1 else { return Estimate(center, center, center) }
    var generator = SeededGenerator(seed: seed)
    let medians = (0..<resamples).map { _ in
      median(values.map { _ in values[Int.random(in: values.indices, using: &generator)] })
    }
    return Estimate(center, quantile(medians, 0.025), quantile(medians, 0.975))
  }
}
