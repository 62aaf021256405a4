// SPDX-License-Identifier: Apache-2.0 WITH Swift-exception
// What the readers of Executable promise for any bytes at all.

import ExecutableHosted

/// Checks of one file; each answers with the promise that was broken, or nil.
package enum Promises {
  /// Reads the bytes in every way there is.
  package static func broken(by file: borrowing RawSpan) -> String? {
    let first = file.extracting(first: ExecutableHeader.size)
    for role in [ImageRole.program, .interpreter] {
      if let broken = brokenByImage(file, first, role) { return broken }
    }
    return brokenByScript(file.extracting(first: ScriptLine.size)) ?? brokenByPath(file)
  }

  private static func brokenByImage(
    _ file: borrowing RawSpan, _ first: borrowing RawSpan, _ role: ImageRole
  ) -> String? {
    do {
      let header = try ExecutableHeader(first, role: role)
      guard FileKind.of(first) == .elf64 else { return "an accepted header is of kind elf64" }
      guard header.tableSize > 0, header.tableSize <= 65536 else { return "tables are bounded" }
      // Where it says, and with any offset in a file of any size.
      let size = UInt64(file.byteCount)
      let start = Int(min(header.programHeaderOffset, size))
      return brokenByTable(header, file.extracting(droppingFirst: start), fileSize: size)
        ?? brokenByTable(
          header, file.extracting(droppingFirst: ExecutableHeader.size), fileSize: .max)
    } catch {
      return brokenByError(error)
    }
  }

  private static func brokenByTable(
    _ header: ExecutableHeader, _ table: borrowing RawSpan, fileSize: UInt64
  ) -> String? {
    do {
      let layout = try ImageLayout(header: header, table: table, fileSize: fileSize)
      if let broken = brokenByLayout(layout) { return broken }
      guard layout.segment(-1, in: table) == nil,
        layout.segment(header.programHeaderCount, in: table) == nil
      else { return "there are no segments but those of the table" }
      for index in 0..<header.programHeaderCount {
        guard let segment = layout.segment(index, in: table) else { return "segments can be read" }
        if let broken = brokenBySegment(segment, layout) { return broken }
      }
      return nil
    } catch {
      return brokenByError(error)
    }
  }

  private static func brokenByLayout(_ layout: ImageLayout) -> String? {
    guard layout.lowestAddress % 4096 == 0, layout.mappedLength % 4096 == 0,
      layout.firstAddress >= layout.lowestAddress
    else { return "images are whole pages" }
    guard layout.mappedLength <= ImageLayout.addressLimit - layout.lowestAddress else {
      return "images end within the address space"
    }
    guard layout.maximumAlignment >= 4096, layout.maximumAlignment.nonzeroBitCount == 1 else {
      return "alignments are powers of two"
    }
    guard layout.mappedLength > 0 || layout.interpreter != nil else { return "something is loaded" }
    if let (offset, size) = layout.interpreter {
      guard size >= 2, size <= 4096, offset <= UInt64(Int64.max) - size else {
        return "interpreter paths are bounded"
      }
    }
    return nil
  }

  private static func brokenBySegment(_ segment: Segment, _ layout: ImageLayout) -> String? {
    guard segment.type == .load else { return nil }
    let end = segment.address.addingReportingOverflow(segment.memorySize)
    guard !end.overflow, segment.address >= layout.lowestAddress,
      end.partialValue <= layout.lowestAddress + layout.mappedLength,
      end.partialValue <= layout.bssEnd, segment.address <= layout.dataStart
    else { return "segments are within the image" }
    let fileEnd = segment.offset.addingReportingOverflow(segment.fileSize)
    guard segment.fileSize <= segment.memorySize, segment.fileSize == 0 || !fileEnd.overflow else {
      return "segments are within a file"
    }
    return nil
  }

  private static func brokenByScript(_ first: borrowing RawSpan) -> String? {
    do {
      guard let line = try ScriptLine(first) else {
        return FileKind.of(first) == .script ? "scripts have a first line" : nil
      }
      guard line.interpreter.lowerBound >= 2, line.interpreter.upperBound <= first.byteCount else {
        return "interpreters are within the line"
      }
      if let argument = line.argument {
        guard argument.lowerBound > line.interpreter.upperBound,
          argument.upperBound <= first.byteCount
        else { return "arguments follow the interpreter" }
      }
      return nil
    } catch {
      return brokenByError(error)
    }
  }

  private static func brokenByPath(_ bytes: borrowing RawSpan) -> String? {
    do {
      let path = try InterpreterPath(bytes, at: .max)
      return path.path.upperBound < bytes.byteCount ? nil : "interpreter paths end in NUL"
    } catch {
      return brokenByError(error)
    }
  }

  private static func brokenByError(_ error: FormatError) -> String? {
    let isAnswer = error.errno.rawValue > 0 && error.errno.rawValue < 4096
    guard isAnswer else { return "errors are error numbers" }
    return error.description.contains("; ") ? nil : "descriptions end in advice"
  }
}
