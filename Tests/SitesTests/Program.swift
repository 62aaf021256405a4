// SPDX-License-Identifier: Apache-2.0 WITH Swift-exception
// Small programs, assembled and linked for a test.

import Foundation
import Testing

@testable import Sites

/// A program made of assembly.
struct Program {
  let bytes: [UInt8]
  let plan: SitePlan

  /// Assembles a function `_start` with a body, and what else is to follow it.
  ///
  /// Labels in it are to begin with .L or be numbers: any other makes a symbol, to which control
  /// may come.
  init(_ body: String, and more: String = "") throws {
    let source = """
      .text
      .globl _start
      .type _start, @function
      _start:
      .cfi_startproc
      \(body)
      .cfi_endproc
      .size _start, . - _start
      \(more)

      """
    let folder = try Self.folder()
    defer { try? FileManager.default.removeItem(at: folder) }
    let file = folder.appendingPathComponent("program")
    try Data(source.utf8).write(to: folder.appendingPathComponent("program.s"))
    try Self.run("as", ["-o", file.path + ".o", file.path + ".s"])
    try Self.run(
      "ld",
      ["-static", "--build-id=sha1", "-z", "noexecstack", "-o", file.path, file.path + ".o"])
    bytes = [UInt8](try Data(contentsOf: file))
    plan = try SitePlanner.plan(file: bytes)
  }

  /// The ways of all sites, in the order of the file.
  var ways: [RewriteWay] { plan.sites.map(\.way) }

  /// Pairs of bytes that look like a site and are none.
  var strayCount: Int { plan.strays.values.reduce(0, +) }

  /// A new folder for a test's files.
  static func folder() throws -> URL {
    let folder = FileManager.default.temporaryDirectory.appendingPathComponent(UUID().uuidString)
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    return folder
  }

  private static func run(_ tool: String, _ arguments: [String]) throws {
    let process = Process()
    process.executableURL = URL(fileURLWithPath: "/usr/bin/" + tool)
    process.arguments = arguments
    try process.run()
    process.waitUntilExit()
    try #require(process.terminationStatus == 0)
  }
}
