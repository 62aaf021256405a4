// SPDX-License-Identifier: Apache-2.0 WITH Swift-exception
// The command and its probe, as they are built.

import Foundation
import Testing

@testable import Bench
@testable import Session

@Suite(.serialized) struct BenchCommandTests {
  /// `SYSWEIR` in the environment names another build than the one beside the tests.
  private static let folder: NativeString = {
    if let built = ProcessInfo.processInfo.environment["SYSWEIR"] {
      return NativeString(built).directory
    }
    return NativeString("/proc/self/exe").linkTarget?.directory ?? "."
  }()
  private static let probe = Probe(
    program: folder + "/sysweir-probe", library: folder + "/libsysweir-preload.so",
    sysweir: folder + "/sysweir", core: nil)
  private static let pairs = Call.allCases.flatMap { call in
    Way.all.filter { $0.excluded[call] == nil }.map { (call, $0.name) }
  }

  private func bench(_ arguments: [String]) throws -> ProcessEnd {
    let words = (["bench"] + arguments).map { NativeString($0) }
    return try ProcessRun(command: [Self.folder + "/sysweir"] + words).end()
  }

  private func text(_ end: ProcessEnd) -> String { String(decoding: end.output, as: UTF8.self) }

  @Test(arguments: pairs)
  func `every call can be measured in every way`(call: Call, name: String) throws {
    let way = try #require(Way.named(name))
    let end = try Self.probe.run(call, way, size: 2, count: 3).end()
    #expect(end.isSuccess, "\(text(end))")
    #expect(end.lines.compactMap { Double($0) }.count == 3, "\(text(end))")
  }

  @Test(
    arguments: [
      ["--calls", "nothing"], ["--ways", "nothing"], ["--reference", "nothing"], ["--calls", ""],
      ["--rounds", "0"], ["--time", "0"], ["--core", "x"], ["--core", "99999"],
      ["--threshold", "-1"], ["ls"], ["--calls", "getppid", "--", "ls"], ["--no-such-option"],
    ])
  func `rejects options that it does not understand`(arguments: [String]) throws {
    let end = try bench(arguments)
    #expect(end.ending == "exit status 64")
    #expect(text(end).contains("sysweir bench"))
  }

  @Test(
    arguments: [
      (["--compare", "/no/such/file"], "sysweir: /no/such/file: cannot be read"),
      (["--", "no-such-command"], "sysweir: no-such-command: cannot be started"),
      (["--ways", "run", "--", "false"], "sysweir: false: exit status 1 in the way native"),
      (["--reference", "handler", "--", "true"], "sysweir: handler cannot be measured on true"),
    ])
  func `says what is wrong in one line, with 125`(arguments: [String], message: String) throws {
    let end = try bench(arguments)
    #expect(end.ending == "exit status 125")
    #expect(text(end).hasPrefix(message))
    #expect(end.lines.count == 1 && text(end).contains("; "))
  }

  @Test func `exports what it measured, and compares with it`() throws {
    let (json, chart) = (Sample.file("a.json"), Sample.file("a.svg"))
    let few = ["--calls", "getppid", "--ways", "handler", "--rounds", "2", "--time", "2"]
    let first = try bench(few + ["--export-json", json, "--export-svg", chart])
    #expect(first.isSuccess, "\(text(first))")
    #expect(text(first).contains("handler") && text(first).contains("noise floor"))
    #expect(try String(contentsOfFile: chart, encoding: .utf8).hasSuffix("</svg>\n"))

    let same = try bench(few + ["--compare", json, "--threshold", "100000"])
    #expect(same.isSuccess, "\(text(same))")
    // A baseline in which a trap cost nothing.
    let cheap = try JSONReader.read(String(contentsOfFile: json, encoding: .utf8)).text
      .replacing(/"ratio(_low|_high|)":[0-9.e+-]+/) { "\"ratio\($0.1)\":0.5" }
    try Data(cheap.utf8).write(to: URL(filePath: json))
    let grown = try bench(few + ["--compare", json])
    #expect(grown.ending == "exit status 1", "\(text(grown))")
    #expect(text(grown).contains("exceeds the threshold"))
  }

  @Test func `measures a whole command, and its processor time`() throws {
    let csv = Sample.file("a.csv")
    let end = try bench(
      ["--ways", "run,handler", "--rounds", "2", "--export-csv", csv, "--ignore-failure", "--"]
        + ["sh", "-c", "exit 3"])
    #expect(end.isSuccess, "\(text(end))")
    #expect(text(end).contains("handler: it is for single calls"))
    let lines = try String(contentsOfFile: csv, encoding: .utf8).split(separator: "\n")
    #expect(lines.count == 3)
    #expect(lines.allSatisfy { $0.hasPrefix("sh -c exit 3,") || $0.hasPrefix("subject,") })
  }
}
