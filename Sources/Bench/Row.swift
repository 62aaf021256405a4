// SPDX-License-Identifier: Apache-2.0 WITH Swift-exception
// What is told of one subject in one way.

/// One line of the report. Times are nanoseconds.
package struct Row: Sendable {
  package let way: Way
  package let median: Estimate
  package let mean: Double
  package let standardDeviation: Double
  package let least: Double
  package let most: Double
  /// The medians of the rounds.
  package let times: [Double]
  package let batches: [Double]
  package let outliers: Int
  /// Means over the rounds; nil for single calls.
  package let processor: ProcessorTime?
  /// Against the reference, from the rounds' own ratios.
  package let ratio: Estimate
  package let verdict: Verdict?

  /// - Parameter floor: nil for the reference itself, of which there is no verdict.
  init(_ series: Series, against reference: Series, floor: Double?) {
    way = series.way
    times = series.medians
    batches = series.batches
    median = Statistics.bootstrap(times)
    mean = Statistics.mean(batches)
    standardDeviation = Statistics.standardDeviation(batches)
    least = batches.min() ?? 0
    most = batches.max() ?? 0
    outliers = Statistics.outliers(batches)
    processor = Row.mean(series.processor)
    ratio = Row.ratio(series, reference)
    verdict = floor.map { [ratio, times] in Verdict(ratio, rounds: times.count, floor: $0) }
  }

  /// Each round's ratio has what else the machine did in both of its terms.
  static func ratio(_ series: Series, _ reference: Series) -> Estimate {
    Statistics.bootstrap(zip(series.medians, reference.medians).map { $1 > 0 ? $0 / $1 : 1 })
  }

  private static func mean(_ times: [ProcessorTime]) -> ProcessorTime? {
    times.isEmpty
      ? nil
      : ProcessorTime(
        user: Statistics.mean(times.map(\.user)), system: Statistics.mean(times.map(\.system)))
  }
}
