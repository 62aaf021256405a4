// SPDX-License-Identifier: Apache-2.0 WITH Swift-exception
// Carrying a plan out: every way of every subject in turns, round by round.

internal import Doctor
internal import Session

/// A measurement at work.
package struct Runner {
  let plan: Plan
  let probe: Probe
  let kernel: Kernel
  var progress: Progress
  /// Ticks of the processor's counter in a nanosecond.
  private let rate: Double

  package init(_ plan: Plan, _ probe: Probe, _ progress: Progress) throws(BenchError) {
    self.plan = plan
    self.probe = probe
    self.progress = progress
    kernel = .examined()
    rate = try probe.rate()
  }

  /// Measures all there is.
  ///
  /// - Throws: if the reference cannot be measured; other ways that cannot are left out.
  package mutating func groups() throws(BenchError) -> [Group] {
    var tracks: [Track] = []
    for subject in plan.subjects { tracks.append(try track(subject)) }
    for round in 0..<plan.rounds {
      for index in tracks.indices { try measure(&tracks[index], round: round) }
    }
    progress.end()
    return tracks.map(\.group)
  }

  /// Finds out which ways there are for a subject, and how long a call takes in each.
  private mutating func track(_ subject: Subject) throws(BenchError) -> Track {
    progress.show("warming up: \(subject.name)")
    let first = try lane(plan.reference, subject)
    var track = Track(subject: subject, lanes: [first, first])
    for way in plan.ways where way.name != plan.reference.name {
      if let reason = obstacle(to: way, subject) {
        track.omissions.append(Omission(way: way.name, reason: reason))
        continue
      }
      do throws(BenchError) {
        track.lanes.append(try lane(way, subject))
      } catch .wayFailed(_, _, let reason) {
        track.omissions.append(Omission(way: way.name, reason: reason))
      }
    }
    return track
  }

  private func obstacle(to way: Way, _ subject: Subject) -> String? {
    subject.obstacle(to: way) ?? way.obstacle(on: kernel) ?? probe.obstacle(to: way)
  }

  /// Tries a way once, which also fills caches.
  private func lane(_ way: Way, _ subject: Subject) throws(BenchError) -> Lane {
    if let reason = obstacle(to: way, subject) {
      throw .wayFailed(way.name, subject: subject.name, reason)
    }
    var lane = Lane(series: Series(way: way))
    switch subject {
    case .command(let words):
      _ = try run(words, way)
    case .call(let call):
      let few = try batches(call, way, size: 4, count: 5)
      lane.shape = plan.shape(estimate: Statistics.median(few))
    }
    return lane
  }

  /// One round of a subject. Every second round goes backwards, so that no way is always the
  /// first; the reference and its control keep the two ends.
  private mutating func measure(_ track: inout Track, round: Int) throws(BenchError) {
    let order = round % 2 == 0 ? Array(track.lanes.indices) : track.lanes.indices.reversed()
    for (place, index) in Track.withControlLast(order).enumerated() {
      let way = track.lanes[index].series.way
      progress.show(
        "round \(round + 1) of \(plan.rounds): \(track.subject.name), \(way.name)"
          + " (\(place + 1) of \(order.count))")
      switch track.subject {
      case .command(let words):
        let end = try run(words, way)
        track.lanes[index].series.rounds.append([end.wall])
        track.lanes[index].series.processor.append(end.processor)
      case .call(let call):
        let shape = track.lanes[index].shape
        track.lanes[index].series.rounds.append(
          try batches(call, way, size: shape.size, count: shape.count))
      }
    }
  }

  /// Nanoseconds of a call, in each of the batches.
  private func batches(
    _ call: Call, _ way: Way, size: Int, count: Int
  ) throws(BenchError) -> [Double] {
    let end = try probe.run(call, way, size: size, count: count).end()
    let values = end.lines.compactMap { Double($0) }
    guard end.isSuccess, values.count == count else {
      let message = end.lines.first { Double($0) == nil }.map(String.init)
      throw .wayFailed(way.name, subject: call.rawValue, message ?? end.ending)
    }
    return values.map { $0 / rate / Double(size) }
  }

  private func run(_ words: [NativeString], _ way: Way) throws(BenchError) -> ProcessEnd {
    let end = try probe.run(words, way).end()
    guard end.isSuccess || plan.ignoresFailure else {
      let name = words.map(\.description).joined(separator: " ")
      throw .commandFailed(name, way: way.name, ending: end.ending)
    }
    return end
  }
}
