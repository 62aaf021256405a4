// SPDX-License-Identifier: Apache-2.0 WITH Swift-exception
// How carefully `sysweir bench` is to measure.

import ArgumentParser
internal import Bench

struct BenchEffort: ParsableArguments {
  @Option(
    help: ArgumentHelp("Rounds; 10, or 6 with --quick; no verdicts below 6.", valueName: "number"))
  var rounds: Int?

  @Option(
    help: ArgumentHelp(
      "Milliseconds a call gets in each way and round; 20, or 4 with --quick.", valueName: "ms"))
  var time: Double?

  @Flag(help: "A first impression, in some seconds.")
  var quick = false

  @Option(
    help: ArgumentHelp(
      "The core to measure on, or none; by default the last one for calls, none for commands.",
      valueName: "number"))
  var core: String?

  @Flag(help: "Measure a command that ends with another exit status than 0.")
  var ignoreFailure = false

  func validate() throws {
    guard (1...10_000).contains(chosenRounds) else {
      throw ValidationError("--rounds is \(chosenRounds): give 1 to 10000.")
    }
    guard chosenTime >= 1, chosenTime <= 60_000 else {
      throw ValidationError("--time is \(chosenTime): give 1 to 60000 milliseconds.")
    }
    let allowed = Machine.allowedCores()
    if let core, core != "none", Int(core).map(allowed.contains) != true {
      let known = allowed.map(String.init).joined(separator: ", ")
      throw ValidationError("--core is '\(core)': give none or one of \(known).")
    }
  }

  var chosenRounds: Int { rounds ?? (quick ? 6 : 10) }
  var chosenTime: Double { time ?? (quick ? 4 : 20) }

  func chosenCore(forCommand: Bool) -> Int? {
    if let core { return Int(core) }
    return forCommand ? nil : Machine.allowedCores().last
  }
}
