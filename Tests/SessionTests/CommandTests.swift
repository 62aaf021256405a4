// SPDX-License-Identifier: Apache-2.0 WITH Swift-exception
// What sysweir says about commands that it cannot start, and which ones it can.

import Foundation
import Testing

@testable import Session

@Suite struct CommandTests {
  @Test func `gives back the command's exit status`() {
    #expect(Workbench.run(["sh", "-c", "exit 42"]).status == .exited(42))
  }

  @Test(arguments: [SIGTERM, SIGKILL, SIGABRT, SIGSEGV, SIGPIPE, SIGUSR1])
  func `dies of the signal that killed the command`(number: Int32) {
    #expect(Workbench.run(["sh", "-c", "kill -\(number) $$"]).status == .killed(number))
  }

  @Test func `leaves the command's options to the command`() {
    let finished = Workbench.run(["echo", "--stats", "--stats=x", "--help", "--", "--version"])
    #expect(finished.output == "--stats --stats=x --help -- --version\n")
  }

  @Test(arguments: ["-h", "--help"]) func `prints its help`(option: String) {
    let finished = Workbench.run([option])
    #expect(finished.status == .exited(0))
    #expect(finished.output.contains("USAGE: sysweir run"))
  }

  @Test func `takes two dashes for the end of its options`() {
    #expect(Workbench.run(["--", "echo", "a"]).output == "a\n")
  }

  @Test(arguments: [
    [], ["--"], ["--no-such-option", "true"], ["--trap", "no", "true"], ["--json", "true"],
  ])
  func `rejects a command line that it does not understand`(arguments: [String]) {
    let finished = Workbench.run(arguments)
    #expect(finished.status == .exited(64))
    #expect(finished.errors.contains("sysweir run"))
  }

  @Test func `says that a command is not in PATH`() {
    expect(["no-such-command"], 127, "no-such-command: no such command in PATH")
  }

  @Test func `says that a file is not there`() {
    expect(["./no-such-file"], 127, "./no-such-file: no such file")
  }

  @Test func `says that a command is a directory`() {
    expect(["/usr"], 126, "/usr: is a directory")
  }

  @Test func `says that a file may not be executed`() throws {
    let path = try Workbench.file("plain", "echo", mode: 0o644)
    expect([path], 126, "\(path): not allowed to execute it")
  }

  @Test func `says that a script's interpreter is missing`() throws {
    let path = try Workbench.file("script", "#!/no/interpreter\n")
    expect([path], 126, "\(path): its interpreter /no/interpreter cannot be used")
  }

  @Test func `says that scripts interpret each other without end`() throws {
    let folder = try Workbench.subfolder()
    let path = try Workbench.file("loop", "#!\(folder)/loop\n", in: folder)
    expect([path], 126, "\(path): more than 5 scripts")
  }

  @Test func `says what is wrong with an ELF file`() throws {
    let path = try Workbench.file("cut", "\u{7f}ELF\u{2}\u{1}" + String(repeating: "\0", count: 58))
    expect([path], 126, "\(path): offset 0x12: expected machine 62")
  }

  @Test func `says that the monitor is missing`() throws {
    let folder = try Workbench.subfolder()
    let path = try Workbench.copySysweir(to: folder)
    let finished = Finished(of: [path, "run", "true"], in: folder)
    #expect(finished.status == .exited(125))
    #expect(finished.errors.contains("no sysweir-monitor at \(folder)/sysweir-monitor or "))
  }

  private func expect(
    _ command: [String], _ status: Int32, _ message: String,
    _ location: SourceLocation = #_sourceLocation
  ) {
    let finished = Workbench.run(command)
    #expect(finished.status == .exited(status), sourceLocation: location)
    #expect(finished.errors.hasPrefix("sysweir: \(message)"), sourceLocation: location)
    let lines = finished.errors.split(separator: "\n")
    #expect(lines.count == 1, sourceLocation: location)
    #expect(lines.first?.contains("; ") == true, sourceLocation: location)
  }
}
