// SPDX-License-Identifier: Apache-2.0 WITH Swift-exception
// `sysweir run`: options to a session, and nothing else.

import ArgumentParser
import Glibc
internal import Session

struct RunCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "run",
    abstract: "Run a command with every one of its system calls seen.",
    usage: "sysweir run [OPTION...] [--] COMMAND [ARGUMENT...]",
    discussion: """
      The command keeps the terminal, standard streams, environment and exit status that it \
      would have without sysweir. Killed by a signal, it takes sysweir with it. sysweir itself \
      ends with 127 if there is no such command, 126 if it cannot be started, 125 if sysweir \
      failed, and 64 if its own options are wrong.
      """)

  @Option(help: "How to catch calls; auto takes seccomp where the kernel refuses sud.")
  var trap = TrapChoice.auto

  @Option(
    help: """
      How calls come: all by the trap; from rewritten sites once that pays (auto), or from a \
      site's second call on (eager).
      """)
  var dispatch = DispatchChoice.auto

  @Option(help: "The command's vDSO; calls to one that it keeps are not seen.")
  var vdso = VirtualObjectChoice.hide

  @Option(
    help: ArgumentHelp(
      "What becomes of the command's processes if sysweir is killed.", valueName: "policy"))
  var onSupervisorDeath = DeathPolicy.continue

  @Flag(help: "Wait for all processes of the session, not only for the command.")
  var waitAll = false

  @Flag(help: "At the end, print how many calls there were. --stats=FILE writes to a file.")
  var stats = false

  @Option(help: .hidden)
  var statsFile: String?

  @Flag(help: "Print statistics as JSON.")
  var json = false

  @Argument(
    parsing: .captureForPassthrough,
    help: ArgumentHelp("The command; options that follow it are its own.", valueName: "command"))
  var command: [String] = []

  /// Gives the optional value of --stats an option of its own; every argument stays in its place.
  static func normalize(_ arguments: some Sequence<String>) -> [String] {
    arguments.map { argument in
      argument.hasPrefix("--stats=") ? "--stats-file=" + argument.dropFirst(8) : argument
    }
  }

  func validate() throws {
    guard let first = command.first, command != ["--"] else {
      throw ValidationError("Give a command to run.")
    }
    // What is not known is left to the command, and so would be the wish for help.
    if ["-h", "--help"].contains(first) { throw CleanExit.helpRequest(self) }
    if first != "--", first.hasPrefix("-") {
      throw ValidationError("Unknown option '\(first)'.")
    }
    if json, !stats, statsFile == nil {
      throw ValidationError("--json is a form of statistics; give --stats as well.")
    }
  }

  func run() throws {
    let arguments = NativeString.processArguments.suffix(command.count)
    let isMarked = command.first == "--"
    do {
      try Supervisor.run(Array(arguments.dropFirst(isMarked ? 1 : 0)), options).imitate()
    } catch {
      Diagnostic.print(error.description)
      throw ExitCode(error.exitStatus)
    }
  }

  private var options: SessionOptions {
    var options = SessionOptions()
    options.trap = trap
    options.dispatch = dispatch
    options.virtualObject = vdso
    options.onSupervisorDeath = onSupervisorDeath
    options.waitsForAll = waitAll
    options.writesJSON = json
    if let statsFile {
      options.statistics = .file(NativeString(statsFile))
    } else if stats {
      options.statistics = .standardError
    }
    return options
  }
}

extension TrapChoice: ExpressibleByArgument {}
extension DispatchChoice: ExpressibleByArgument {}
extension VirtualObjectChoice: ExpressibleByArgument {}
extension DeathPolicy: ExpressibleByArgument {}
