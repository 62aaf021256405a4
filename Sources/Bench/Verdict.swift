// SPDX-License-Identifier: Apache-2.0 WITH Swift-exception
// What a ratio says, if it says anything.

/// Whether a way differs from its reference by more than the reference from itself.
package enum Verdict: String, Sendable {
  case slower
  case faster
  /// The interval reaches into the noise: nothing can be said.
  case noise = "within the noise"
  /// There is no interval that holds 95 of 100 medians.
  case undecided = "too few rounds"

  /// Rounds from which a verdict can be had: least and most of five medians hold the true one in
  /// 94 of 100 cases only, those of six in 97.
  package static let fewestRounds = 6

  /// - Parameters:
  ///   - ratio: against the reference.
  ///   - rounds: how many it was computed from.
  ///   - floor: the farthest that the reference was from itself, as a part of 1.
  package init(_ ratio: Estimate, rounds: Int, floor: Double) {
    if rounds < Verdict.fewestRounds {
      self = .undecided
    } else if ratio.low > 1 + floor {
      self = .slower
    } else if ratio.high < 1 - floor {
      self = .faster
    } else {
      self = .noise
    }
  }
}
