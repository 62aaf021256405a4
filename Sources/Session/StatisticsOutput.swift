// SPDX-License-Identifier: Apache-2.0 WITH Swift-exception
// Where statistics are written: decided before the command starts, used after it ended.

import Glibc
import LinuxABIHosted

/// An open place for statistics.
struct StatisticsOutput: ~Copyable {
  private let file: Descriptor?
  private let isWanted: Bool
  private let writesJSON: Bool
  private let options: SessionOptions

  /// - Throws: `noStatisticsFile`, while there is nothing to lose yet.
  init(_ options: SessionOptions) throws(SessionError) {
    isWanted = options.statistics != .none
    writesJSON = options.writesJSON
    self.options = options
    file = try Self.open(options.statistics)
  }

  private static func open(_ target: StatisticsTarget) throws(SessionError) -> Descriptor? {
    guard case .file(let path) = target else { return nil }
    do {
      return try Descriptor.create(path)
    } catch {
      throw .noStatisticsFile(path, error)
    }
  }

  /// Writes the statistics, if they are wanted at all.
  func write(_ memory: borrowing SessionMemory, trap: Trap) {
    guard isWanted else { return }
    let statistics = Statistics(of: memory, trap: trap, dispatch: options.dispatch(with: trap))
    let text =
      writesJSON
      ? StatisticsJSON(statistics: statistics).description
      : StatisticsTable(statistics: statistics).description
    let isComplete =
      switch file {
      case .some(let file): text.writeAll(to: file.rawNumber)
      case .none: text.writeAll(to: STDERR_FILENO)
      }
    if !isComplete { Diagnostic.print("statistics are incomplete: \(Errno.current.message)") }
  }
}
