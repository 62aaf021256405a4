// SPDX-License-Identifier: Apache-2.0 WITH Swift-exception
// What was measured, before anything is computed from it.

/// The times of one subject in one way.
package struct Series: Sendable {
  package let way: Way
  /// For each round, the nanoseconds of a call in each batch, or of the one run of a command.
  package var rounds: [[Double]] = []
  /// For each round, the processor time of the command and its children.
  package var processor: [ProcessorTime] = []

  package init(way: Way) { self.way = way }

  var batches: [Double] { rounds.flatMap { $0 } }
  var medians: [Double] { rounds.map(Statistics.median) }
}

/// Time on processors, in nanoseconds.
package struct ProcessorTime: Sendable, Equatable {
  package let user: Double
  package let system: Double

  package init(user: Double, system: Double) {
    self.user = user
    self.system = system
  }
}
