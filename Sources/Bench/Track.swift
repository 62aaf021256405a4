// SPDX-License-Identifier: Apache-2.0 WITH Swift-exception
// The state of one subject's measurement.

/// One way of one subject.
struct Lane {
  var series: Series
  /// Calls in a batch, and batches in a round.
  var shape = (size: 1, count: 1)
}

/// A subject, and what has been measured of it.
struct Track {
  let subject: Subject
  /// The reference, its control, and the others.
  var lanes: [Lane]
  var omissions: [Omission] = []

  init(subject: Subject, lanes: [Lane]) {
    self.subject = subject
    self.lanes = lanes
  }

  /// The reference is lane 0, the control lane 1: as far apart in a round as two can be, so that
  /// their difference holds all the drift that any other pair could have.
  static func withControlLast(_ order: [Int]) -> [Int] {
    let others = order.filter { $0 > 1 }
    return order.first == 0 ? [0] + others + [1] : [1] + others + [0]
  }

  var group: Group {
    Group(
      subject, reference: lanes[0].series, control: lanes[1].series,
      others: lanes.dropFirst(2).map(\.series), omissions: omissions)
  }
}
