// SPDX-License-Identifier: Apache-2.0 WITH Swift-exception
// What is said of a ratio, and what is not.

import Testing

@testable import Bench

@Suite struct VerdictTests {
  @Test(
    arguments: [
      (Estimate(1.5, 1.4, 1.6), 0.1, .slower), (Estimate(1.5, 1.05, 1.6), 0.1, .noise),
      (Estimate(0.5, 0.4, 0.6), 0.1, .faster), (Estimate(0.8, 0.7, 0.95), 0.1, .noise),
      (Estimate(1.0, 0.9, 1.2), 0.0, .noise), (Estimate(1.02, 1.01, 1.03), 0.0, .slower),
      (Estimate(1.5, 1.4, 1.6), 0.4, .noise),
    ] as [(Estimate, Double, Verdict)])
  func `there is one only where the whole interval is beyond the noise`(
    ratio: Estimate, floor: Double, expected: Verdict
  ) {
    #expect(Verdict(ratio, rounds: 6, floor: floor) == expected)
    #expect(Verdict(ratio, rounds: 5, floor: floor) == .undecided)
  }

  @Test func `the noise floor is how far the reference was from itself`() {
    let group = Sample.group(control: [11, 11, 11])
    #expect(group.noiseFloor.isNear(0.1, within: 1e-9))
    #expect(group.rows[0].verdict == nil)
    #expect(group.rows.map(\.way.name) == ["native", "run", "strace"])
  }

  @Test func `a ratio is that of each round, so that slow rounds do not count`() {
    var (slow, native) = (Series(way: .native), Series(way: .native))
    native.rounds = [[10], [100], [10]]
    slow.rounds = [[20], [200], [20]]
    #expect(Row.ratio(slow, native) == Estimate(2, 2, 2))
  }
}

@Suite struct BreakEvenTests {
  @Test func `rewriting pays once its cost is earned`() {
    #expect(BreakEven(rewriting: 10_000, trapped: 2200, rewritten: 200).calls == 5)
    #expect(BreakEven(rewriting: 10_001, trapped: 2200, rewritten: 200).calls == 6)
    #expect(BreakEven(rewriting: 0, trapped: 2200, rewritten: 200).calls == 0)
  }

  @Test func `rewriting that gains nothing never pays`() {
    #expect(BreakEven(rewriting: 10, trapped: 200, rewritten: 200).calls == nil)
    #expect(BreakEven(rewriting: 10, trapped: 100, rewritten: 200).calls == nil)
    #expect(BreakEven(rewriting: .infinity, trapped: 300, rewritten: 200).calls == nil)
    #expect(BreakEven(rewriting: 1e300, trapped: 300, rewritten: 299).calls == nil)
  }
}
