// SPDX-License-Identifier: Apache-2.0 WITH Swift-exception
// The calls of a session, by process.

import CLayout

/// The calls of one process, over all programs that it was.
struct ProcessStatistics: Equatable {
  /// 0 for all processes that found no row.
  let process: UInt32
  let parent: UInt32
  let name: String
  var counts: CallCounts
}

/// What `--stats` prints.
struct Statistics: Equatable {
  let trap: Trap
  /// How calls came in fact.
  var dispatch = DispatchChoice.trap
  let processes: [ProcessStatistics]
  /// How many processes went out of reach, and are counted up to there only.
  var departed: UInt32 = 0

  var total: CallCounts {
    processes.reduce(into: CallCounts()) { $0 += $1.counts }
  }
}

extension Statistics {
  /// Reads session memory as it is; counters of threads that live are added to their process.
  init(of memory: borrowing SessionMemory, trap: Trap, dispatch: DispatchChoice) {
    self.trap = trap
    self.dispatch = dispatch
    departed = memory.departed
    var counts = memory.processRows.map { memory.processRow($0).counts }
    for index in memory.tallyRows {
      let row = memory.tallyRow(index)
      guard row.claimed != 0 else { continue }
      counts[counts.indices.contains(Int(row.process)) ? Int(row.process) : 0] += row.counts
    }
    processes = memory.processRows.compactMap { index in
      let row = memory.processRow(index)
      let isUsed = index == 0 ? counts[0].total > 0 : row.claimed != 0
      guard isUsed else { return nil }
      return ProcessStatistics(
        process: row.pid, parent: row.parent, name: index == 0 ? "others" : row.text,
        counts: counts[index])
    }
  }
}
