// SPDX-License-Identifier: Apache-2.0 WITH Swift-exception
// Numbers, histograms and axes.

import Testing

@testable import Bench

@Suite struct TextTests {
  @Test(
    arguments: [
      (0, 2, "0.00"), (1.005, 0, "1"), (-0.04, 1, "0.0"), (-1.25, 1, "-1.3"), (99.999, 2, "100.00"),
      (0.07, 1, "0.1"), (12345.678, 2, "12345.68"), (.nan, 2, "-"),
    ] as [(Double, Int, String)])
  func `a number has as many decimals as asked for`(value: Double, digits: Int, text: String) {
    #expect(value.fixed(digits) == text)
  }

  @Test(
    arguments: [
      (0.5, "0.50 ns"), (31.46, "31.5 ns"), (999.4, "999 ns"), (999.6, "1.00 µs"),
      (14_530, "14.5 µs"), (2_620_000, "2.62 ms"), (3.2e9, "3.20 s"),
    ] as [(Double, String)])
  func `a time has three digits and the unit that people take`(value: Double, text: String) {
    #expect(value.duration == text)
  }

  @Test func `an interval names its unit once if it has only one`() {
    #expect(Estimate(110, 108, 115).interval == "108–115 ns")
    #expect(Estimate(1000, 998, 1100).interval == "998 ns–1.10 µs")
  }

  @Test func `a histogram shows where the samples are`() {
    let values = [1, 1, 1, 1, 2, 2, 3, 3, 3.9, 1000].map { Double($0) }
    let histogram = Histogram(values, bins: 4)
    #expect(histogram.counts.reduce(0, +) == values.count)
    #expect(histogram.counts[0] > histogram.counts[2])
    #expect(Histogram([1, 2, 3, 4], bins: 4).text == "████")
    #expect(Histogram([], bins: 3).text == "   ")
  }

  @Test func `an axis holds all values in their order`() {
    let scale = LogScale(holding: [100, 20_000], width: 300)
    #expect(scale.place(100) > 0 && scale.place(20_000) == 300)
    #expect(scale.place(1000) > scale.place(100))
    #expect(scale.labels == [100, 1000, 10_000])
    #expect(scale.place(0) == 0 && scale.place(1e9) == 300)
    #expect(LogScale(holding: [110, 180], width: 10).labels == [100])
    #expect(LogScale(holding: [], width: 10).place(1) > 0)
  }

  @Test func `columns are aligned, numbers to the right`() {
    #expect(
      Columns([["a", "1"], ["long", "22"]], left: [0]).lines == ["  a      1", "  long  22"])
  }
}
