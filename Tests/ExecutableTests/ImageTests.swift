// SPDX-License-Identifier: Apache-2.0 WITH Swift-exception
// The readers of ELF files against the kernel, file by file.

import ExecutableHosted
import Glibc
import LinuxABIHosted
import Testing

@Suite struct ImageTests {
  @Test(arguments: ImageCase.headers + ImageCase.segments)
  func `answers as the kernel does`(_ item: ImageCase) throws {
    let bytes = item.image.bytes
    let reading = Reading(of: bytes)
    #expect(reading.error?.reason == item.reason)
    let outcome = try Folder().run(bytes)
    #expect(reading.agrees(with: outcome), "\(outcome), \(reading.error?.description ?? "sound")")
  }

  @Test(arguments: ImageCase.interpreters)
  func `answers for the interpreter's path as the kernel does`(_ item: ImageCase) throws {
    let bytes = item.image.bytes
    let reading = Reading(of: bytes)
    #expect(reading.error?.reason == item.reason)
    let outcome = try Folder().run(bytes)
    if item.reason == nil {
      // The path is sound, and the error is open(2)'s.
      let errors = [ENOENT, ENOTDIR, EACCES, ENAMETOOLONG].map { Outcome.refused($0) }
      #expect(errors.contains(outcome))
    } else {
      #expect(reading.agrees(with: outcome), "\(outcome)")
    }
  }

  /// The table's files as interpreters, those of a fixed address over the program itself.
  @Test(arguments: ImageCase.headers + ImageCase.segments + ImageCase.interpreters)
  func `answers for an interpreter as the kernel does`(_ item: ImageCase) throws {
    let bytes = item.image.bytes
    let reading = Reading(of: bytes, role: .interpreter)
    // What has no room between program and stack is found when it is placed.
    guard reading.layout?.mappedLength ?? 0 <= 1 << 46 else { return }
    let folder = try Folder()
    var program = Image()
    program.addInterpreter(try folder.add(bytes, as: "interpreter") + "\0")
    let outcome = try folder.run(program.bytes)
    #expect(reading.agrees(with: outcome), "\(outcome), \(reading.error?.description ?? "sound")")
  }

  @Test func `takes the first of several interpreters, without a segment too`() throws {
    let folder = try Folder()
    var interpreter = Image()
    interpreter.makeRelocatable()
    let path = try folder.add(interpreter.bytes, as: "interpreter")
    var program = Image()
    program.addInterpreter(path + "\0and more\0")
    program.table.append(ProgramHeader(type: 3, fileSize: 0))
    #expect(Reading(of: program.bytes).error == nil)
    #expect(try folder.run(program.bytes) == .exited(42))
    program.table[0].type = 0
    program.entry = .max
    #expect(Reading(of: program.bytes).layout?.mappedLength == 0)
    #expect(try folder.run(program.bytes) == .exited(42))
  }

  @Test func `refuses a relocatable image of no page that has an interpreter`() throws {
    let folder = try Folder()
    var interpreter = Image()
    interpreter.makeRelocatable()
    var program = Image()
    program.addInterpreter(try folder.add(interpreter.bytes, as: "interpreter") + "\0")
    program.table[0].fileSize = 0
    #expect(Reading(of: program.bytes).error == nil)
    #expect(try folder.run(program.bytes) == .exited(42))
    program.makeRelocatable()
    let reading = Reading(of: program.bytes)
    #expect(reading.error?.reason == .noLoadSegment)
    #expect(try reading.agrees(with: folder.run(program.bytes)))
  }

  /// Bounds that the kernel has too, but where it finds no room.
  @Test func `accepts images up to the end of the address space`() {
    var image = Image()
    image.table[0].memorySize = ImageLayout.addressLimit - 0x40_0000
    #expect(Reading(of: image.bytes).error == nil)
    image.makeRelocatable()
    image.entry = .max
    #expect(Reading(of: image.bytes).error == nil)
  }

  @Test func `reads headers of a table that is cut short`() throws {
    let bytes = Image().bytes
    let layout = try #require(Reading(of: bytes).layout)
    let file = RawSpan(_elements: bytes.span)
    #expect(layout.segment(0, in: file.extracting(64..<120))?.type == .load)
    #expect(layout.segment(0, in: file.extracting(64..<119)) == nil)
    #expect(layout.segment(1, in: file) == nil)
    #expect(layout.segment(-1, in: file) == nil)
  }
}
