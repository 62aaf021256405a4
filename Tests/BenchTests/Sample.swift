// SPDX-License-Identifier: Apache-2.0 WITH Swift-exception
// A small report with round numbers, for tests of all that is made of one.

import Foundation
import Glibc

@testable import Bench
@testable import Session

enum Sample {
  static func series(_ way: String, _ rounds: [Double]) -> Series {
    var series = Series(way: Way.named(way) ?? .native)
    series.rounds = rounds.map { [$0 * 0.99, $0, $0 * 1.01] }
    return series
  }

  /// - Parameters:
  ///   - control: what the reference, 10 ns in each round, was the second time.
  ///   - run: what `sysweir run` took, in ns.
  static func group(
    control: [Double] = [10, 10, 10], run: Double = 150
  ) -> Group {
    Group(
      .call(.getppid), reference: series("native", Array(repeating: 10, count: 6)),
      control: series("native", control),
      others: [
        series("run", [run, run * 1.02, run * 0.99, run, run * 1.01, run]),
        series("strace", [10_000, 11_000, 10_500]),
      ],
      omissions: [Omission(way: "ptrace", reason: "refused: EPERM")])
  }

  static var command: Group {
    var (native, run) = (series("native", [2e6, 2.1e6]), series("run", [5e6, 5.2e6]))
    native.processor = [ProcessorTime(user: 1e6, system: 5e5)]
    run.processor = [ProcessorTime(user: 2e6, system: 15e5)]
    return Group(
      .command(["sh", "-c", "a <\"b\" | c, d"]), reference: native, control: native,
      others: [run], omissions: [])
  }

  static func report(_ groups: [Group]) -> Report {
    var machine = Machine()
    (machine.kernel, machine.processor, machine.cores) = ("6.1.0", "A & B", 2)
    (machine.load, machine.core, machine.hypervisor) = (0.25, 1, "QEMU")
    return Report(machine: machine, reference: .native, rounds: 3, groups: groups)
  }

  /// A file that is gone when the tests are.
  static func file(_ name: String) -> String {
    let folder = FileManager.default.temporaryDirectory.path + "/bench-\(getpid())"
    try? FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
    return "\(folder)/\(UUID().uuidString)-\(name)"
  }
}
