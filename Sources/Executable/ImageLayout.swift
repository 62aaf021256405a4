// SPDX-License-Identifier: Apache-2.0 WITH Swift-exception
// Where an executable's segments go, from its whole program header table.

import LinuxABI

/// The memory an executable asks for; every address is before relocation.
///
///     lowestAddress                                              + mappedLength
///     |                                                          |
///     |[ segment: file bytes ]   [ segment: file bytes | zeros ] |
///      ^codeStart     codeEnd^   ^dataStart     dataEnd^ bssEnd^
///
/// - Source: `fs/binfmt_elf.c`, `load_elf_binary`, `total_mapping_size`, `maximum_alignment`.
package struct ImageLayout: Sendable {
  /// First address past the user's memory, with four-level page tables.
  ///
  /// The corresponding C constant is `TASK_SIZE_MAX`.
  package static var addressLimit: UInt64 { 0x7fff_ffff_f000 }

  /// Page address of the lowest segment; 0 if there is none.
  package private(set) var lowestAddress: UInt64 = 0
  /// Whole pages from `lowestAddress` to the end of the highest segment, in bytes.
  ///
  /// 0 only in a program whose interpreter is all that is to be loaded.
  package private(set) var mappedLength: UInt64 = 0
  /// Page address of the segment that is first in the table, which need not be the lowest.
  ///
  /// The kernel maps the length of the whole image there, then fits the others around it.
  package private(set) var firstAddress: UInt64 = 0
  /// Largest valid alignment of a segment: a power of two, at least the page.
  package private(set) var maximumAlignment: UInt64 = Page.size
  /// Where in the file the ELF interpreter's path is, with its NUL; nil in an interpreter.
  package private(set) var interpreter: (offset: UInt64, size: UInt64)?
  /// Whether the stack is to be executable; nil, which x86-64 takes for no, if the file is silent.
  package private(set) var executableStack: Bool?
  /// Address of the program header table; 0 if no segment holds it. Add the bias even then.
  package private(set) var programHeaderAddress: UInt64 = 0
  /// Lowest address of an executable segment; all ones if there is none, so add the bias by `&+`.
  package private(set) var codeStart: UInt64 = .max
  /// Highest end of an executable segment's file bytes; 0 if there is none.
  package private(set) var codeEnd: UInt64 = 0
  /// Highest address of a segment.
  package private(set) var dataStart: UInt64 = 0
  /// Highest end of a segment's file bytes.
  package private(set) var dataEnd: UInt64 = 0
  /// Highest end of a segment, not rounded: the break of a program begins on the page after.
  package private(set) var bssEnd: UInt64 = 0

  /// The first segment, which is mapped at the length of the whole image, but for a program's at
  /// a fixed address.
  private var reservation: (segment: Segment, at: UInt64)?
  private let header: ExecutableHeader

  /// Reads the table that the header announces.
  ///
  /// - Parameters:
  ///   - table: `header.tableSize` bytes of the file from `header.programHeaderOffset`; fewer
  ///     if the file ends before.
  ///   - fileSize: Bytes in the file.
  /// - Throws: `FormatError`: what `findInterpreter` throws, or a fatal one. Between the two, the
  ///   kernel reads and opens the interpreter, and may fail in that.
  package init(
    header: ExecutableHeader, table: borrowing RawSpan, fileSize: UInt64
  ) throws(FormatError) {
    self.header = header
    interpreter = try Self.findInterpreter(header: header, table: table, fileSize: fileSize)
    try SegmentCheck.type(header)
    for index in 0..<header.programHeaderCount {
      let segment = Segment(table, at: index &* ExecutableHeader.programHeaderSize)
      let place = header.place(index)
      switch segment.type {
      case .load:
        try SegmentCheck.load(segment, at: place, fileSize: fileSize)
        include(segment, at: place)
      case .stack: executableStack = segment.flags.contains(.execute)
      default: break
      }
    }
    try finish()
  }

  /// The header at a place in the table; nil if the table has no such place.
  package func segment(_ index: Int, in table: borrowing RawSpan) -> Segment? {
    guard index >= 0, index < header.programHeaderCount else { return nil }
    let start = index &* ExecutableHeader.programHeaderSize
    guard table.byteCount >= start &+ ExecutableHeader.programHeaderSize else { return nil }
    return Segment(table, at: start)
  }

  /// Finds the ELF interpreter's path, with its NUL, for those who want to open it first.
  ///
  /// It is the first `PT_INTERP`: the kernel ignores the others, and all of an interpreter's.
  ///
  /// - Throws: `FormatError`, never fatal.
  package static func findInterpreter(
    header: ExecutableHeader, table: borrowing RawSpan, fileSize: UInt64
  ) throws(FormatError) -> (offset: UInt64, size: UInt64)? {
    try SegmentCheck.table(header, held: UInt64(table.byteCount), fileSize: fileSize)
    guard header.role == .program else { return nil }
    for index in 0..<header.programHeaderCount {
      let segment = Segment(table, at: index &* ExecutableHeader.programHeaderSize)
      guard segment.type == .interpreter else { continue }
      try SegmentCheck.interpreter(segment, at: header.place(index), fileSize: fileSize)
      return (segment.offset, segment.fileSize)
    }
    return nil
  }

  private mutating func include(_ segment: Segment, at place: UInt64) {
    let page = Page.down(segment.address)
    let fileEnd = segment.address &+ segment.fileSize
    let isFirst = reservation == nil
    if isFirst {
      reservation = (segment, place)
      firstAddress = page
    }
    lowestAddress = isFirst ? page : min(lowestAddress, page)
    maximumAlignment = max(maximumAlignment, segment.validAlignment)
    if segment.holdsFileOffset(header.programHeaderOffset) {
      programHeaderAddress =
        header.programHeaderOffset &- segment.offset &+ segment.address
    }
    if segment.flags.contains(.execute) {
      codeStart = min(codeStart, segment.address)
      codeEnd = max(codeEnd, fileEnd)
    }
    dataStart = max(dataStart, segment.address)
    dataEnd = max(dataEnd, fileEnd)
    bssEnd = max(bssEnd, segment.address &+ segment.memorySize)
  }

  private mutating func finish() throws(FormatError) {
    mappedLength = Page.up(bssEnd &- lowestAddress)
    if header.isRelocatable || header.role == .interpreter, let first = reservation {
      try SegmentCheck.fileRange(first.segment, length: mappedLength, at: first.at)
    }
    if mappedLength == 0 {
      let isEmptyImage = header.isRelocatable && reservation != nil
      guard interpreter != nil, !isEmptyImage else {
        throw SegmentCheck.nothingToLoad(header)
      }
    }
    if interpreter == nil { try SegmentCheck.entry(header) }
  }
}
