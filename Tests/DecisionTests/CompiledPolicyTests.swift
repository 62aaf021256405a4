// SPDX-License-Identifier: Apache-2.0 WITH Swift-exception
// The evaluator over compiled policies, good and damaged.

import DecisionHosted
import LinuxABIHosted
import Testing

@Suite struct CompiledPolicyTests {
  /// A policy of words, asked for one call.
  private func verdict(
    _ words: [UInt32], _ number: UInt64, _ architecture: Architecture = .x8664
  ) -> Verdict {
    unsafe CompiledPolicy(words.span.bytes).verdict(number, architecture)
  }

  private func policy(
    default standard: Verdict, x8664: [Verdict] = [], i386: [Verdict] = []
  ) -> [UInt32] {
    [
      CompiledPolicy.magic, CompiledPolicy.version, standard.word, UInt32(x8664.count),
      UInt32(i386.count),
    ] + x8664.map(\.word) + i386.map(\.word)
  }

  @Test(arguments: [0, 1, 334, 9999, UInt64(UInt32.max), .max])
  func `no bytes at all allow every call`(number: UInt64) {
    #expect(verdict([], number) == .allow)
    #expect(verdict([], number, .i386) == .allow)
  }

  @Test func `a number in the table gets its own verdict`() {
    let words = policy(
      default: .allow, x8664: [.allow, .deny(.notPermitted), .answer(7), .kill])
    #expect(verdict(words, 0) == .allow)
    #expect(verdict(words, 1) == .deny(.notPermitted))
    #expect(verdict(words, 2) == .answer(7))
    #expect(verdict(words, 3) == .kill)
  }

  @Test(arguments: [4, 5, 100_000, UInt64.max])
  func `a number past the table gets the default`(number: UInt64) {
    let words = policy(default: .deny(.noCall), x8664: [.allow, .allow, .allow, .allow])
    #expect(verdict(words, number) == .deny(.noCall))
  }

  @Test func `each architecture has a table of its own`() {
    let words = policy(default: .kill, x8664: [.allow], i386: [.answer(1), .answer(2)])
    #expect(verdict(words, 0) == .allow)
    #expect(verdict(words, 0, .i386) == .answer(1))
    #expect(verdict(words, 1, .i386) == .answer(2))
    #expect(verdict(words, 1) == .kill)
  }

  @Test func `a policy that is cut off anywhere never permits`() {
    let words = policy(default: .deny(.access), x8664: Array(repeating: .deny(.access), count: 8))
    for length in 1..<words.count {
      let found = verdict(Array(words.prefix(length)), 7)
      #expect(found == .kill, "cut at word \(length)")
    }
  }

  @Test func `a foreign magic, version or kind of verdict kills`() {
    let words = policy(default: .allow, x8664: [.allow])
    for index in 0..<2 {
      var damaged = words
      damaged[index] ^= 1
      #expect(verdict(damaged, 0) == .kill)
    }
    var unknown = words
    unknown[5] = 0xff
    #expect(verdict(unknown, 0) == .kill)
  }

  @Test func `counts that reach past the end kill and do not trap`() {
    var words = policy(default: .allow, x8664: [.allow])
    words[3] = .max
    words[4] = .max
    #expect(verdict(words, 5000) == .kill)
    #expect(verdict(words, 5000, .i386) == .kill)
  }

  @Test(arguments: [Verdict.allow, .deny(.noEntry), .answer(0), .answer(.max), .kill])
  func `a verdict reads back from its word`(expected: Verdict) {
    #expect(verdict(policy(default: expected), 0) == expected)
  }
}
