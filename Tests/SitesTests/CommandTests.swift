// SPDX-License-Identifier: Apache-2.0 WITH Swift-exception
// The command `sysweir sites`: what it prints, and how it ends.

import Foundation
import Testing

@testable import Sites

@Suite struct CommandTests {
  /// Status, standard output and standard error of the built command.
  static func run(_ arguments: [String], cache: URL) throws -> (Int32, String, String) {
    let command = try #require(ProcessInfo.processInfo.environment["SYSWEIR"])
    let process = Process()
    process.executableURL = URL(fileURLWithPath: command)
    process.arguments = ["sites"] + arguments
    process.environment = ["XDG_CACHE_HOME": cache.path]
    let files = [cache.appendingPathComponent("out"), cache.appendingPathComponent("err")]
    for file in files { try Data().write(to: file) }
    process.standardOutput = try FileHandle(forWritingTo: files[0])
    process.standardError = try FileHandle(forWritingTo: files[1])
    try process.run()
    process.waitUntilExit()
    let texts = try files.map { String(decoding: try Data(contentsOf: $0), as: UTF8.self) }
    return (process.terminationStatus, texts[0], texts[1])
  }

  let folder: URL
  let file: String

  init() throws {
    folder = try Program.folder()
    let program = try Program("mov $39, %eax; syscall; ret")
    file = folder.appendingPathComponent("program").path
    try Data(program.bytes).write(to: URL(fileURLWithPath: file))
  }

  @Test func `prints a table and keeps the plan`() throws {
    defer { try? FileManager.default.removeItem(at: folder) }
    let (status, output, errors) = try Self.run([file], cache: folder)
    #expect(status == 0 && errors.isEmpty)
    #expect(output.contains("prefix 1, padding 0"))
    let plans = folder.appendingPathComponent("sysweir/plans").path
    let names = try FileManager.default.contentsOfDirectory(atPath: plans)
    #expect(names.count == 1 && names.allSatisfy { $0.hasSuffix(".plan") })
    let attributes = try FileManager.default.attributesOfItem(atPath: plans)
    #expect(attributes[.posixPermissions] as? Int == 0o700)
    #expect(try Self.run([file], cache: folder) == (0, output, ""))
  }

  @Test func `keeps nothing with --no-cache`() throws {
    defer { try? FileManager.default.removeItem(at: folder) }
    #expect(try Self.run(["--no-cache", file], cache: folder).0 == 0)
    #expect(!FileManager.default.fileExists(atPath: folder.path + "/sysweir"))
  }

  @Test func `shows the other files if one cannot be read`() throws {
    defer { try? FileManager.default.removeItem(at: folder) }
    let (status, output, errors) = try Self.run(["/none", file, "/etc/passwd"], cache: folder)
    #expect(status == 1)
    #expect(output.contains("prefix 1"))
    #expect(errors.contains("sysweir: /none: cannot be read (no such file or directory); check"))
    #expect(errors.contains("sysweir: /etc/passwd: ELF header: offset 0x0: expected"))
  }

  @Test func `prints JSON of all files, failed ones too`() throws {
    defer { try? FileManager.default.removeItem(at: folder) }
    let (status, output, _) = try Self.run(["--json", file, "/none"], cache: folder)
    #expect(status == 1)
    let list = try JSONSerialization.jsonObject(with: Data(output.utf8)) as? [[String: Any]]
    #expect(list?.map { $0["error"] != nil } == [false, true])
  }

  @Test func `says once that plans cannot be kept, if it is to be verbose`() throws {
    defer { try? FileManager.default.removeItem(at: folder) }
    try Data().write(to: folder.appendingPathComponent("sysweir"))
    #expect(try Self.run([file], cache: folder).2.isEmpty)
    let (status, _, errors) = try Self.run(["--verbose", file, file], cache: folder)
    #expect(status == 0)
    #expect(errors == "sysweir: plans cannot be kept (not a directory); see --no-cache\n")
  }

  @Test(arguments: [
    [], ["--disassemble", "x", "/bin/true"], ["--json", "--disassemble", "all", "a"],
  ])
  func `rejects a command line that it does not understand`(arguments: [String]) throws {
    defer { try? FileManager.default.removeItem(at: folder) }
    #expect(try Self.run(arguments, cache: folder).0 == 64)
  }
}
