// SPDX-License-Identifier: Apache-2.0 WITH Swift-exception
// How many calls there were, by the way they came and by what became of them.

import EventLogHosted

/// A sum of counters of session memory.
struct CallCounts: Equatable {
  private(set) var values: [UInt64]

  init() { values = [UInt64](repeating: 0, count: SessionLayout.counters) }

  /// - Parameter values: in the order of session memory; more or fewer are cut or taken for 0.
  init(_ values: [UInt64]) {
    self.init()
    for index in 0..<min(values.count, self.values.count) { self.values[index] = values[index] }
  }

  subscript(way: CallWay, kind: CallKind) -> UInt64 {
    values[Int(way.rawValue) * CallKind.all.count + Int(kind.rawValue)]
  }

  func sum(_ way: CallWay) -> UInt64 {
    CallKind.all.reduce(0) { $0 &+ self[way, $1] }
  }

  func sum(_ kind: CallKind) -> UInt64 {
    CallWay.all.reduce(0) { $0 &+ self[$1, kind] }
  }

  var total: UInt64 { values.reduce(0, &+) }

  static func += (left: inout Self, right: Self) {
    for index in left.values.indices { left.values[index] &+= right.values[index] }
  }
}

extension CallWay {
  static let all: [CallWay] = [.trap, .seccomp, .rewritten]
}

extension CallKind {
  static let all: [CallKind] = [.issued, .answered, .i386, .unknown]
}
