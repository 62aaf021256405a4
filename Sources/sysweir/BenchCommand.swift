// SPDX-License-Identifier: Apache-2.0 WITH Swift-exception
// `sysweir bench`: options to a measurement, and nothing else.

import ArgumentParser
internal import Bench
internal import Session

struct BenchCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "bench",
    abstract: "Measure what interposition costs here, for single calls or for a command.",
    usage: """
      sysweir bench [OPTION...]
      sysweir bench [OPTION...] -- COMMAND [ARGUMENT...]
      """,
    discussion: """
      All is measured in one run and in turns, on one core, and told as medians with 95 % \
      intervals. The reference is measured twice: how far it is from itself is the noise floor, \
      and there is no verdict on what lies within. A way that cannot be measured is named, with \
      the reason.

      Exits with 0; with 1 if --compare finds a ratio that has grown by more than the threshold; \
      with 64 if an option is wrong; with 125 if something could not be measured, read or \
      written.

      WAYS
      \(Way.all.map { "  \(padded($0.name)) \($0.title)" }.joined(separator: "\n"))

      CALLS
      \(Call.allCases.map { "  \(padded($0.rawValue)) \($0.title)" }.joined(separator: "\n"))
      """)

  @OptionGroup(title: "What") var choice: BenchChoice
  @OptionGroup(title: "How") var effort: BenchEffort
  @OptionGroup(title: "Results") var results: BenchResults

  @Argument(
    parsing: .postTerminator,
    help: ArgumentHelp("A whole command to measure in place of calls.", valueName: "command"))
  var command: [String] = []

  func validate() throws {
    if !command.isEmpty, choice.calls != nil {
      throw ValidationError("--calls and a command exclude each other: leave one of them out.")
    }
  }

  func run() throws {
    let isPassed: Bool
    do throws(BenchError) {
      isPassed = try measureAndCompare()
    } catch {
      Diagnostic.print(error.description)
      throw ExitCode(125)
    }
    if !isPassed { throw ExitCode(1) }
  }

  /// False if the comparison found too much growth.
  private func measureAndCompare() throws(BenchError) -> Bool {
    // A baseline that cannot be read should not cost a measurement.
    let baseline: Baseline? = if let path = results.compare { try .read(path) } else { nil }
    let report = try measured()
    print(report.text, terminator: "")
    try results.export(report)
    guard let baseline else { return true }
    let comparison = try Comparison(report, baseline, threshold: results.threshold / 100)
    print(comparison.text, terminator: "")
    return comparison.isPassed
  }

  private func measured() throws(BenchError) -> Report {
    let core = effort.chosenCore(forCommand: !command.isEmpty)
    let machine = Machine.examined(core: core)
    let words = Array(NativeString.processArguments.suffix(command.count))
    let plan = Plan(
      subjects: command.isEmpty ? choice.chosenCalls.map { .call($0) } : [.command(words)],
      ways: choice.chosenWays, reference: choice.chosenReference, rounds: effort.chosenRounds,
      time: effort.chosenTime * 1e6, ignoresFailure: effort.ignoreFailure)
    var runner = try Runner(plan, .find(core: core), Progress())
    let groups = try runner.groups()
    return Report(
      machine: machine, reference: plan.reference, rounds: plan.rounds, groups: groups)
  }

  private static func padded(_ name: String) -> String {
    name + String(repeating: " ", count: max(0, 15 - name.count))
  }
}
