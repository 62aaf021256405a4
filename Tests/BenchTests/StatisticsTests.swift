// SPDX-License-Identifier: Apache-2.0 WITH Swift-exception
// Medians, deviations, outliers and intervals.

import Testing

@testable import Bench

@Suite struct StatisticsTests {
  @Test(
    arguments: [([], 0), ([7], 7), ([3, 1, 2], 2), ([4, 1, 3, 2], 2.5)] as [([Double], Double)])
  func `the median is the middle one, or between the two in the middle`(
    values: [Double], expected: Double
  ) {
    #expect(Statistics.median(values) == expected)
  }

  @Test func `the deviation does not mind one value that is far away`() {
    #expect(Statistics.deviation([1, 2, 3, 4, 5]) == 1)
    #expect(Statistics.deviation([1, 2, 3, 4, 5000]) == 1)
  }

  @Test func `counts the values that lie far from the others`() {
    #expect(Statistics.outliers([10, 11, 9, 10, 12, 8, 10, 50, 90]) == 2)
    #expect(Statistics.outliers([10, 11, 9, 10, 12, 8, 10]) == 0)
    #expect(Statistics.outliers([5, 5, 5, 9]) == 0)
  }

  @Test func `the standard deviation is that of a sample`() {
    #expect(Statistics.standardDeviation([2, 4, 4, 4, 5, 5, 7, 9]).isNear(2.13809, within: 1e-5))
    #expect(Statistics.standardDeviation([3]) == 0)
    #expect(Statistics.mean([]) == 0)
  }

  @Test func `a quantile lies between its neighbours in proportion`() {
    #expect(Statistics.quantile([4, 1, 2, 3, 5], 0.25) == 2)
    #expect(Statistics.quantile([10, 20], 0.9).isNear(19, within: 1e-9))
    #expect(Statistics.quantile([10, 20], 1) == 20)
  }

  @Test func `equal samples have equal intervals`() {
    let values = (0..<20).map { Double($0 * $0 % 17) }
    #expect(Statistics.bootstrap(values) == Statistics.bootstrap(values))
    #expect(Statistics.bootstrap(values, seed: 1) != Statistics.bootstrap(values + [40], seed: 1))
  }

  @Test func `an interval of one value is that value`() {
    #expect(Statistics.bootstrap([4]) == Estimate(4, 4, 4))
    #expect(Statistics.bootstrap([4, 4, 4, 4]) == Estimate(4, 4, 4))
  }

  @Test func `about 95 of 100 intervals hold the true median`() {
    var generator = SeededGenerator(seed: 42)
    let hits = (0..<200).count { _ in
      let sample = (0..<25).map { _ in Double.random(in: 0..<100, using: &generator) }
      let interval = Statistics.bootstrap(sample, resamples: 400)
      return interval.low <= 50 && 50 <= interval.high && interval.high - interval.low < 80
    }
    #expect((176...200).contains(hits))
  }

  @Test func `the generator gives the numbers of its paper's code`() {
    var generator = SeededGenerator(seed: 0)
    #expect(generator.next() == 0xe220_a839_7b1d_cdaf)
    #expect(generator.next() == 0x6e78_9e6a_a1b9_65f4)
  }
}

extension Double {
  func isNear(_ other: Double, within distance: Double) -> Bool { abs(self - other) <= distance }
}
