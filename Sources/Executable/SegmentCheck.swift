// SPDX-License-Identifier: Apache-2.0 WITH Swift-exception
// What the kernel requires of program headers, one rule a function.

import LinuxABI

/// The rules of `load_elf_binary` and of the calls it makes.
///
/// Rules over segments are found broken when the old program is gone: all of those are fatal.
///
/// - Source: `fs/binfmt_elf.c`; `mm/mmap.c` (`file_mmap_ok`); `fs/read_write.c`.
enum SegmentCheck {
  /// Largest offset that a file can have.
  private static var offsetLimit: UInt64 { UInt64(Int64.max) }

  static func table(
    _ header: ExecutableHeader, held: UInt64, fileSize: UInt64
  ) throws(FormatError) {
    let size = UInt64(header.tableSize)
    let start = header.programHeaderOffset
    let inFile = fileSize > start ? fileSize &- start : 0
    guard held >= size, inFile >= size else {
      throw FormatError(
        .truncated, offset: start, expected: size, found: min(held, inFile),
        errno: header.role.refusal)
    }
  }

  /// The type of an interpreter, which the header's own check lets through.
  static func type(_ header: ExecutableHeader) throws(FormatError) {
    guard header.type == 2 || header.type == 3 else {
      throw fatal(.wrongType, offset: 16, expected: 3, found: UInt64(header.type))
    }
  }

  static func interpreter(
    _ segment: Segment, at place: UInt64, fileSize: UInt64
  ) throws(FormatError) {
    let size = segment.fileSize
    guard size >= 2, size <= 4096 else {
      throw FormatError(
        .interpreterSize, offset: place &+ 32, expected: size < 2 ? 2 : 4096, found: size,
        errno: .noExec)
    }
    guard segment.offset <= offsetLimit &- size else {
      throw FormatError(
        .interpreterBeyondFile, offset: place &+ 8, expected: offsetLimit &- size,
        found: segment.offset, errno: .invalid)
    }
    guard segment.offset &+ size <= fileSize else {
      throw FormatError(
        .interpreterBeyondFile, offset: place &+ 8, expected: fileSize,
        found: segment.offset &+ size, errno: .ioError)
    }
  }

  static func load(
    _ segment: Segment, at place: UInt64, fileSize: UInt64
  ) throws(FormatError) {
    let limit = ImageLayout.addressLimit
    guard segment.address < limit else {
      throw fatal(.addressOverflow, offset: place &+ 16, expected: limit, found: segment.address)
    }
    guard segment.memorySize <= limit &- segment.address else {
      throw fatal(
        .addressOverflow, offset: place &+ 40, expected: limit &- segment.address,
        found: segment.memorySize)
    }
    guard segment.fileSize <= segment.memorySize else {
      throw fatal(
        .segmentSize, offset: place &+ 32, expected: segment.memorySize, found: segment.fileSize)
    }
    guard segment.fileSize > 0 else { return }
    let inPage = segment.address & (Page.size &- 1)
    guard segment.offset & (Page.size &- 1) == inPage else {
      throw fatal(
        .segmentAlignment, offset: place &+ 8, expected: inPage,
        found: segment.offset & (Page.size &- 1))
    }
    try fileRange(segment, length: Page.up(segment.fileSize &+ inPage), at: place)
    try zeros(segment, at: place, fileSize: fileSize)
  }

  /// A mapping of so many bytes from the page of the segment's first byte.
  static func fileRange(
    _ segment: Segment, length: UInt64, at place: UInt64
  ) throws(FormatError) {
    guard segment.fileSize > 0 else { return }
    let last = Page.down(offsetLimit &- length)
    guard Page.down(segment.offset) <= last else {
      throw fatal(.segmentOffset, offset: place &+ 8, expected: last, found: segment.offset)
    }
  }

  /// The kernel clears the rest of the last file page, which only exists within the file.
  ///
  /// It does not mind if the segment is read-only.
  private static func zeros(
    _ segment: Segment, at place: UInt64, fileSize: UInt64
  ) throws(FormatError) {
    let end = segment.offset &+ segment.fileSize
    guard segment.memorySize > segment.fileSize, segment.flags.contains(.write),
      end & (Page.size &- 1) != 0, Page.down(end) >= fileSize
    else { return }
    throw fatal(.segmentBeyondFile, offset: place &+ 32, expected: fileSize, found: end)
  }

  static func nothingToLoad(_ header: ExecutableHeader) -> FormatError {
    fatal(.noLoadSegment, offset: header.programHeaderOffset, expected: 1, found: 0)
  }

  /// Of a relocatable program the entry is only known once it has been placed.
  static func entry(_ header: ExecutableHeader) throws(FormatError) {
    let limit = ImageLayout.addressLimit
    guard header.isRelocatable || header.entry < limit else {
      throw fatal(.entryAddress, offset: 24, expected: limit, found: header.entry)
    }
  }

  private static func fatal(
    _ reason: FormatError.Reason, offset: UInt64, expected: UInt64, found: UInt64
  ) -> FormatError {
    FormatError(
      reason, offset: offset, expected: expected, found: found, errno: .invalid, isFatal: true)
  }
}
