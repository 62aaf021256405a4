// SPDX-License-Identifier: Apache-2.0 WITH Swift-exception
// The reader of first lines against the kernel, script by script.

import ExecutableHosted
import Foundation
import Testing

@Suite struct ScriptTests {
  private static let long = String(repeating: "x", count: 300)

  /// Files, and the fault in each.
  static let scripts: [(String, FormatError.Reason?)] = [
    ("#!/bin/echo\n", nil),
    ("#!/bin/echo", nil),
    ("#!/bin/echo one\n", nil),
    ("#!/bin/echo one", nil),
    ("#! \t /bin/echo \t one two \t \nthree", nil),
    ("#!/bin/echo one two \t ", nil),
    ("#!/bin/echo ", nil),
    ("#!/bin/echo \t", nil),
    ("#!/bin/echo \n", nil),
    ("#!/bin/echo one\0two\n", nil),
    ("#!/bin/echo\0one\n", nil),
    ("#!/bin/echo \0one\n", nil),
    ("#!/bin/echo one\r\n", nil),
    ("#!/bin/echo " + long, nil),
    ("#!/bin/echo " + long.prefix(242) + "\n", nil),
    ("#!/bin/echo " + long.prefix(243) + "\n", nil),
    ("#!/bin/echo " + long.prefix(244) + "\n", nil),
    ("#!/bin/echo " + long.prefix(200) + String(repeating: " ", count: 100) + "\n", nil),
    ("#!" + String(repeating: " ", count: 243) + "/bin/echo\n", nil),
    ("#!" + String(repeating: " ", count: 244) + "/bin/echo\n", nil),
    ("#!" + String(repeating: " ", count: 245) + "/bin/echo\n", .scriptTooLong),
    ("#!" + String(repeating: "/", count: 245) + "bin/echo\n", nil),
    ("#!" + String(repeating: "/", count: 245) + "bin/echo \n", nil),
    ("#!" + String(repeating: "/", count: 246) + "bin/echo\n", .scriptTooLong),
    ("#!/" + long, .scriptTooLong),
    ("#!/" + long.prefix(252) + " ", nil),
    ("#!\n", .scriptNoInterpreter),
    ("#!\n/bin/echo\n", .scriptNoInterpreter),
    ("#! \t \n", .scriptNoInterpreter),
    ("#!" + String(repeating: " ", count: 300) + "/bin/echo\n", .scriptNoInterpreter),
    ("#!", .interpreterEmpty),
    ("#!  ", .interpreterEmpty),
    ("#!\0\n", .interpreterEmpty),
    ("#!/nonexistent one\n", nil),
  ]

  @Test(arguments: Self.scripts)
  func `takes the line apart as the kernel does`(
    _ script: String, _ reason: FormatError.Reason?
  ) throws {
    let bytes = Array(script.utf8)
    let folder = try Folder()
    let (outcome, output) = try folder.output(of: bytes)
    do throws(FormatError) {
      let file = RawSpan(_elements: bytes.span)
      let first = try ScriptLine(file.extracting(first: ScriptLine.size))
      #expect(reason == nil)
      guard let line = first else {
        Issue.record("not taken for a script")
        return
      }
      let argument: [UInt8] = line.argument.map { Array(bytes[$0]) + [32] } ?? []
      let expected = argument + Array("\(folder.path)/file\n".utf8)
      if bytes[line.interpreter].suffix(8) == Array("bin/echo".utf8) {
        #expect(outcome == .exited(0))
        #expect(output == expected)
      } else {
        #expect(outcome == .refused(ENOENT))
      }
    } catch {
      #expect(error.reason == reason)
      #expect(outcome == .refused(error.errno.rawValue))
    }
  }

  @Test func `leaves other files alone`() throws {
    for text in ["", "#", " #!", "!#", "\u{7f}ELF"] {
      let bytes = Array(text.utf8)
      #expect(try ScriptLine(RawSpan(_elements: bytes.span)) == nil)
    }
  }
}
