// SPDX-License-Identifier: Apache-2.0 WITH Swift-exception
// All that is told of one subject.

/// A way that was not measured, and why.
package struct Omission: Sendable, Equatable {
  package let way: String
  package let reason: String
}

/// The report on one subject.
package struct Group: Sendable {
  package let subject: Subject
  package let rows: [Row]
  /// How far the reference was from itself, as a part of 1.
  package let noiseFloor: Double
  package let omissions: [Omission]

  /// - Parameters:
  ///   - reference: what all ratios are against; it is the first row.
  ///   - control: the reference, measured once more in each round.
  init(
    _ subject: Subject, reference: Series, control: Series, others: [Series],
    omissions: [Omission]
  ) {
    let apart = Row.ratio(control, reference)
    let floor = max(abs(apart.low - 1), abs(apart.high - 1))
    self.subject = subject
    self.omissions = omissions
    noiseFloor = floor
    rows =
      [Row(reference, against: reference, floor: nil)]
      + others.map { Row($0, against: reference, floor: floor) }
  }
}
