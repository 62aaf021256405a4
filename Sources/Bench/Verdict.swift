// SPDX-License-Identifier: Apache-2.0 WITH Swift-exception
// What a ratio says, if it says anything.

/// Whether a way differs from its reference by more than the reference from itself.
package enum Verdict: String, Sendable {
  case slower
  case faster
  /// The interval reaches into the noise: nothing can be said.
  case noise = "within the noise"

  /// - Parameters:
  ///   - ratio: against the reference.
  ///   - floor: the farthest that the reference was from itself, as a part of 1.
  package init(_ ratio: Estimate, floor: Double) {
    if ratio.low > 1 + floor {
      self = .slower
    } else if ratio.high < 1 - floor {
      self = .faster
    } else {
      self = .noise
    }
  }
}
