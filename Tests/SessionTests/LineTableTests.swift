// SPDX-License-Identifier: Apache-2.0 WITH Swift-exception
// Functions and lines of addresses, with the tools of binutils as the oracle.

import Testing

@testable import Session

@Suite struct LineTableTests {
  /// A program in C, compiled to the given version of the format.
  private func program(version: Int) throws -> String {
    let folder = try Workbench.subfolder()
    let source = try Workbench.file(
      "lines.c",
      """
      #include <stdio.h>
      static int twice(int value) {

        return value * 2;
      }
      int main(int argc, char **argv) {
        for (int i = 0; i < argc; i++)
          printf("%s %d", argv[i],
                 twice(i));
        return 0;
      }
      """, mode: 0o644, in: folder)
    let compiled = Finished(
      of: ["cc", "-gdwarf-\(version)", "-O0", "-o", folder + "/lines", source], in: folder)
    #expect(compiled.status == .exited(0))
    return folder + "/lines"
  }

  private func sections(_ path: String) throws -> ElfSections {
    ElfSections(try Descriptor.contents(of: NativeString(path)))
  }

  @Test(arguments: [4, 5]) func `gives every address its line`(version: Int) throws {
    let path = try program(version: version)
    let table = LineTable(try sections(path))
    let main = try start(of: "main", path)
    let addresses = stride(from: main, to: main + 0x50, by: 3).map { $0 }
    let oracle = Finished(
      of: ["addr2line", "-s", "-e", path] + addresses.map { String($0, radix: 16) }, in: "/tmp")
    let lines = oracle.output.split(separator: "\n").map { $0.prefix { $0 != " " } }
    #expect(addresses.map { table.place(of: $0) ?? "" } == lines.map(String.init))
  }

  @Test func `names the function and the distance from its start`() throws {
    let path = try program(version: 5)
    let table = SymbolTable(try sections(path))
    let main = try start(of: "main", path)
    #expect(table.place(of: main) == "main+0x0")
    #expect(table.place(of: main + 0x11) == "main+0x11")
    #expect(table.place(of: 1) == "offset 0x1")
  }

  @Test func `finds nothing in a file that is cut at any place`() throws {
    let whole = try Descriptor.contents(of: NativeString(try program(version: 5)))
    for length in stride(from: 0, to: whole.count, by: 97) {
      let sections = ElfSections(Array(whole[..<length]))
      #expect(LineTable(sections).place(of: 0x1130) == nil)
      #expect(SymbolTable(sections).place(of: 0x1130) == "offset 0x1130")
    }
  }

  @Test func `survives a file with any byte changed`() throws {
    let path = try program(version: 5)
    var bytes = try Descriptor.contents(of: NativeString(path))
    let sections = try sections(path)
    let lines = [Int](sections[".debug_line"]).prefix(200)
    let places = lines + [Int](bytes.count - 2048..<bytes.count)
    for place in places {
      let byte = bytes[place]
      bytes[place] = ~byte
      let changed = ElfSections(bytes)
      _ = LineTable(changed).place(of: 0x1130)
      _ = SymbolTable(changed).place(of: 0x1130)
      bytes[place] = byte
    }
  }

  @Test func `shows names of Swift as they were written`() {
    #expect(NativeString("$s7Session7OutcomeO").demangled == "Session.Outcome")
    #expect(NativeString("main").demangled == "main")
  }

  private func start(of function: String, _ path: String) throws -> UInt64 {
    let symbols = Finished(of: ["nm", path], in: "/tmp").output.split(separator: "\n")
    let line = try #require(symbols.first { $0.hasSuffix(" T \(function)") })
    return try #require(UInt64(line.prefix { $0.isHexDigit }, radix: 16))
  }
}
