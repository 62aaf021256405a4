// SPDX-License-Identifier: Apache-2.0 WITH Swift-exception
// Finding commands and the files that are loaded for them.

import Foundation
import Testing

@testable import Session

@Suite struct SearchTests {
  private func find(_ command: NativeString, path: NativeString?) throws -> NativeString {
    try CommandSearch(command: command, path: path).find()
  }

  @Test func `takes the first file in PATH that may be executed`() throws {
    let folders = try [Workbench.subfolder(), Workbench.subfolder(), Workbench.subfolder()]
    _ = try Workbench.file("tool", "", mode: 0o644, in: folders[0])
    let second = try Workbench.file("tool", "", in: folders[1])
    _ = try Workbench.file("tool", "", in: folders[2])
    #expect(
      try find("tool", path: NativeString(folders.joined(separator: ":")))
        == NativeString(second))
  }

  @Test func `says that the only file may not be executed`() throws {
    let folder = try Workbench.subfolder()
    let path = try Workbench.file("tool", "", mode: 0o644, in: folder)
    #expect(throws: SessionError.notExecutable(NativeString(path))) {
      _ = try find("tool", path: NativeString("/nowhere:\(folder):/dev/null"))
    }
  }

  @Test func `searches the system's folders if there is no PATH`() throws {
    #expect(try find("sh", path: nil) == "/bin/sh")
  }

  @Test func `does not find an empty name`() {
    #expect(throws: SessionError.commandNotFound("")) { _ = try find("", path: nil) }
  }

  @Test func `loads the interpreter of a script of a script`() throws {
    let folder = try Workbench.subfolder()
    let inner = try Workbench.file("inner", "#!/bin/cat -e\n", in: folder)
    let outer = try Workbench.file("outer", "#!\(inner)\n", in: folder)
    let program = try Program.find([NativeString(outer), "x"], path: nil)
    #expect(program.name == NativeString(outer))
    #expect(
      program.arguments
        == ["/bin/cat", "-e", NativeString(inner), NativeString(outer), "x"])
    #expect(program.interpreterNumber > program.executable.rawNumber)
    #expect(program.changesIdentity == false)
  }

  @Test func `names survive that are not UTF-8`() {
    let name = NativeString([0x61, 0xff, 0x2f, 0xfe, 0x00, 0x62])
    #expect(name.bytes == [0x61, 0xff, 0x2f, 0xfe])
    #expect(name.directory.bytes == [0x61, 0xff])
  }

  @Test(arguments: [("/usr/bin/x", "/usr/bin"), ("/x", "/"), ("x", "."), ("a/x", "a")])
  func `a path has a directory`(path: String, directory: String) {
    #expect(NativeString(path).directory == NativeString(directory))
  }
}
