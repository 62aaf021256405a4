// SPDX-License-Identifier: Apache-2.0 WITH Swift-exception
// Executables, one change each, and what is wrong with them.

import ExecutableHosted
import Testing

/// A changed executable, with the fault that the reader is to find; none if it is to run.
struct ImageCase: Sendable, CustomTestStringConvertible {
  let testDescription: String
  let reason: FormatError.Reason?
  let image: Image

  init(_ name: String, _ reason: FormatError.Reason?, _ change: (inout Image) -> Void) {
    testDescription = name
    self.reason = reason
    var image = Image()
    change(&image)
    self.image = image
  }

  static let headers: [Self] = [
    Self("untouched", nil) { _ in },
    Self("relocatable", nil) { $0.makeRelocatable() },
    Self("class of 32 bits", nil) { $0.identity[4] = 1 },
    Self("class, order and version of nonsense", nil) {
      $0.identity[4...6] = [9, 2, 0]
      $0.version = 77
    },
    Self("no magic", .notELF) { $0.identity[0] = 0 },
    Self("empty", .truncated) { $0.size = 0 },
    Self("magic alone", .truncated) { $0.size = 4 },
    Self("60 bytes", .truncated) { $0.size = 60 },
    Self("80386", .wrongClass) { $0.machine = 3 },
    Self("unassigned machine", .wrongMachine) { $0.machine = 0xfffe },
    Self("unassigned machine, big-endian", .wrongEndian) {
      $0.machine = 0xfeff
      $0.identity[5] = 2
    },
    Self("object file", .wrongType) { $0.type = 1 },
    Self("core dump", .wrongType) { $0.type = 4 },
    Self("program headers of 64 bytes", .programHeaderSize) { $0.entrySize = 64 },
    Self("x32", .x32) {
      $0.entrySize = 32
      $0.identity[4] = 1
    },
    Self("no program headers", .programHeaderCount) { $0.entryCount = 0 },
    Self("more than a page of program headers", nil) { $0.addEmptyHeaders(73) },
    Self("64 KiB of program headers", nil) { $0.addEmptyHeaders(1169) },
    Self("past 64 KiB of program headers", .programHeaderCount) { $0.addEmptyHeaders(1170) },
    Self("65535 program headers", .programHeaderCount) { $0.entryCount = 65535 },
    Self("table past the end", .truncated) { $0.tableOffset = 1 << 40 },
    Self("table at a negative offset", .truncated) { $0.tableOffset = 0 &- 56 },
    Self("table cut short", .truncated) { $0.size = 100 },
    Self("table at the end", nil) { $0.moveTableToEnd() },
    Self("table at the end, cut by a byte", .truncated) {
      $0.moveTableToEnd()
      $0.extra.removeLast()
    },
  ]

  static let interpreters: [Self] = [
    Self("missing", nil) { $0.addInterpreter("/nonexistent\0") },
    Self("empty path", .interpreterEmpty) { $0.addInterpreter("\0\0") },
    Self("4096 bytes", nil) { $0.addInterpreter("/" + String(repeating: "x", count: 4094) + "\0") },
    Self("4097 bytes", .interpreterSize) {
      $0.addInterpreter(String(repeating: "/", count: 4096) + "\0")
    },
    Self("4097 bytes past the end", .interpreterSize) { $0.addInterpreter("/x\0", size: 4097) },
    Self("1 byte", .interpreterSize) { $0.addInterpreter("\0") },
    Self("0 bytes", .interpreterSize) { $0.addInterpreter("") },
    Self("no NUL", .interpreterUnterminated) { $0.addInterpreter("/bin/sh") },
    Self("past the end", .interpreterBeyondFile) { $0.addInterpreter("/x\0", offset: 1 << 30) },
    Self("over the end", .interpreterBeyondFile) { $0.addInterpreter("/x\0", size: 100) },
    Self("negative offset", .interpreterBeyondFile) { $0.addInterpreter("/x\0", offset: 1 << 63) },
    Self("highest offset", .interpreterBeyondFile) {
      $0.addInterpreter("/x\0", offset: 1 << 63 - 1)
    },
    Self("highest offset that fits", .interpreterBeyondFile) {
      $0.addInterpreter("/x\0", offset: 1 << 63 - 4)
    },
    Self("before a segment that is fatal", .interpreterSize) {
      $0.table[0].memorySize = 1
      $0.addInterpreter("")
    },
  ]
}

extension Image {
  mutating func addEmptyHeaders(_ count: Int) {
    table += Array(repeating: ProgramHeader(type: 0, fileSize: 0), count: count)
  }

  /// Lets the table be the last bytes of the file.
  mutating func moveTableToEnd() {
    table[0].fileSize = 0x200 + 32
    extra = Array(bytes[64..<64 + table.count * 56])
    tableOffset = extraOffset
  }

  /// Adds a segment with what sets it apart.
  mutating func addSegment(_ change: (inout ProgramHeader) -> Void) {
    var header = ProgramHeader(address: 0x60_0000, fileSize: 0x100)
    change(&header)
    table.append(header)
  }
}
