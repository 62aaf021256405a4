// SPDX-License-Identifier: Apache-2.0 WITH Swift-exception
// The reader's answer to a whole file, to be compared with the kernel's.

import ExecutableHosted
import LinuxABIHosted

/// What the readers make of a file that was to be executed.
struct Reading {
  private(set) var error: FormatError?
  private(set) var header: ExecutableHeader?
  private(set) var layout: ImageLayout?

  /// Reads the file, and the interpreter that it names, in the order of the kernel.
  init(of file: [UInt8], role: ImageRole = .program) {
    do throws(FormatError) {
      let bytes = RawSpan(_elements: file.span)
      let header = try ExecutableHeader(bytes.extracting(first: ExecutableHeader.size), role: role)
      self.header = header
      let start = Int(min(header.programHeaderOffset, UInt64(file.count)))
      let table = bytes.extracting(droppingFirst: start).extracting(first: header.tableSize)
      let size = UInt64(file.count)
      if let (offset, size) = try ImageLayout.findInterpreter(
        header: header, table: table, fileSize: size)
      {
        let path = bytes.extracting(Int(offset)..<Int(offset + size))
        _ = try InterpreterPath(path, at: offset)
      }
      layout = try ImageLayout(header: header, table: table, fileSize: size)
    } catch {
      self.error = error
    }
  }

  /// Whether the kernel did what the reader said.
  func agrees(with outcome: Outcome) -> Bool {
    switch (error, outcome) {
    case (let error?, .refused(let number)): error.errno.rawValue == number && !error.isFatal
    case (let error?, .killed(let signal)): error.isFatal && signal == 11
    case (nil, .exited(let status)): status == 42
    default: false
    }
  }
}
