// SPDX-License-Identifier: Apache-2.0 WITH Swift-exception
// `sysweir sites`: shows where a file makes system calls.

import ArgumentParser
internal import Session
internal import Sites

/// The command `sites`.
struct SitesCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "sites",
    abstract: "Tell where a file makes system calls, and how each place can be rewritten.",
    usage: "sysweir sites [--json] [--disassemble PLACE] [--no-cache] [--verbose] FILE...",
    discussion: """
      A site is an instruction, found by following the program's flow; bytes in data or within \
      other instructions that look like one are counted apart. Plans are kept in \
      $XDG_CACHE_HOME/sysweir/plans. Exits with 0, with 1 if a file could not be read (the others \
      are shown all the same), and with 64 if its own options are wrong.
      """)

  @Flag(help: "Print one JSON array instead of tables.")
  var json = false

  @Option(
    help: ArgumentHelp(
      "Print the code around a site, by address or offset, or around all.",
      valueName: "address|offset|all"))
  var disassemble: SiteChoice?

  @Flag(help: "Make every plan anew, and keep none.")
  var noCache = false

  @Flag(help: "Say so if a plan cannot be kept.")
  var verbose = false

  @Argument(help: "Programs and libraries for x86-64.")
  var file: [String]

  func validate() throws {
    if json, disassemble != nil {
      throw ValidationError("--json has no form of --disassemble; leave out one of them.")
    }
  }

  func run() throws {
    let cache = noCache ? nil : PlanCache.standard()
    var objects: [String] = []
    var hasFailed = false
    var isUnkeptSaid = !verbose
    for path in file {
      do throws(SitesError) {
        let bytes = try SitePlanner.read(Self.nativePath(path))
        let report = try SiteReport(path: path, file: bytes, cache: cache) { reason in
          if !isUnkeptSaid { Diagnostic.print("plans cannot be kept (\(reason)); see --no-cache") }
          isUnkeptSaid = true
        }
        if json { objects.append(report.json) } else { try show(report) }
      } catch {
        hasFailed = true
        if json { objects.append(SiteReport.json(path: path, error: error)) }
        Diagnostic.print("\(path): \(error)")
      }
    }
    if json { print("[" + objects.joined(separator: ",\n") + "]") }
    if hasFailed { throw ExitCode(1) }
  }

  private func show(_ report: SiteReport) throws(SitesError) {
    guard let disassemble else {
      print(report.text, terminator: "")
      return
    }
    let text = try report.disassembly(disassemble)
    if text.isEmpty {
      Diagnostic.print("\(report.path): no site there; leave out --disassemble to see them all")
    }
    print(text, terminator: "")
  }

  /// The bytes of a path as the process got it, which need not be UTF-8.
  private static func nativePath(_ text: String) -> [UInt8] {
    NativeString.processArguments.first { $0.description == text }?.bytes ?? Array(text.utf8)
  }
}

extension SiteChoice: ExpressibleByArgument {
  /// Reads `all` or a number.
  public init?(argument: String) { self.init(argument) }
}
