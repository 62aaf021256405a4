// SPDX-License-Identifier: Apache-2.0 WITH Swift-exception
// When a cost that is paid once pays.

/// After how many calls of a site its rewriting has paid for itself.
package struct BreakEven: Sendable {
  /// What rewriting one site costs, in nanoseconds.
  package let rewriting: Double
  /// A call that traps, and one by a rewritten site, in nanoseconds.
  package let trapped: Double
  package let rewritten: Double

  package init(rewriting: Double, trapped: Double, rewritten: Double) {
    self.rewriting = rewriting
    self.trapped = trapped
    self.rewritten = rewritten
  }

  /// The first count of calls at which rewriting is not dearer; nil if it never pays.
  package var calls: Int? {
    let gain = trapped - rewritten
    guard gain > 0, rewriting.isFinite, gain.isFinite else { return nil }
    return Int(exactly: (max(rewriting, 0) / gain).rounded(.up))
  }
}
