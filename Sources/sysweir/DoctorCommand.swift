// SPDX-License-Identifier: Apache-2.0 WITH Swift-exception
// `sysweir doctor`: prints what this kernel offers and what will work.

import ArgumentParser
internal import Doctor

/// The command `doctor`.
struct DoctorCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "doctor",
    abstract: "Tell what this kernel offers, and what will work on it.",
    discussion: """
      Every feature is really tried, in a child process where trying it leaves a mark. Exits with \
      0 if commands can be run, and with 1 if not.
      """)

  @Flag(help: "Print one JSON object instead of tables.")
  var json = false

  func run() throws {
    let diagnosis = Diagnosis(of: .examined())
    print(json ? diagnosis.json + "\n" : diagnosis.text, terminator: "")
    if !diagnosis.engineRuns { throw ExitCode(1) }
  }
}
