// SPDX-License-Identifier: Apache-2.0 WITH Swift-exception
// The command line: which subcommands there are.

import ArgumentParser
internal import Session

@main
struct Sysweir: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "sysweir",
    abstract: "See, count and decide the system calls of any program.",
    version: "0.1.0",
    subcommands: [
      RunCommand.self, SitesCommand.self, BenchCommand.self, DoctorCommand.self,
    ])

  static func main() {
    main(RunCommand.normalize(CommandLine.arguments.dropFirst()))
  }
}
