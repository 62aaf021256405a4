// SPDX-License-Identifier: Apache-2.0 WITH Swift-exception
// What is to be measured, and how long.

internal import Session

/// A wish for measurements.
package struct Plan: Sendable {
  package var subjects: [Subject]
  /// In the order of the table; the reference need not be among them.
  package var ways: [Way]
  package var reference: Way
  package var rounds: Int
  /// What a call gets in each way and round, in nanoseconds.
  package var time: Double
  /// Whether a command may end with another status than 0.
  package var ignoresFailure = false

  package init(
    subjects: [Subject], ways: [Way], reference: Way, rounds: Int, time: Double,
    ignoresFailure: Bool
  ) {
    self.subjects = subjects
    self.ways = ways
    self.reference = reference
    self.rounds = rounds
    self.time = time
    self.ignoresFailure = ignoresFailure
  }

  /// Of a batch, in nanoseconds: long enough to read the time, short against a time slice.
  static let batchTime = 200_000.0
  /// The probe's limit.
  static let mostBatches = 4096

  /// How many calls a batch has, and how many batches a round, where a call takes so long.
  ///
  /// - Parameter estimate: nanoseconds of one call.
  func shape(estimate: Double) -> (size: Int, count: Int) {
    let one = max(estimate, 1)
    let size = max(1, Int(min(Plan.batchTime, time / 5) / one))
    let count = Int(time / (one * Double(size)))
    return (size, min(max(count, 5), Plan.mostBatches))
  }
}
