// SPDX-License-Identifier: Apache-2.0 WITH Swift-exception
// An ELF file with its headers checked: where its bytes go in memory.

internal import ExecutableHosted

/// A program or library for x86-64, as bytes, segments and sections.
struct Image {
  /// Bytes in a file at most.
  static let sizeLimit = 1 << 30
  static let sectionLimit = 1 << 16

  let bytes: [UInt8]
  /// Address of the first instruction; 0 in most libraries.
  let entry: UInt64
  /// Whether it can be loaded anywhere, so that addresses in it need relocations.
  let isRelocatable: Bool
  /// Segments that are loaded, by address, without overlap.
  let segments: [Segment]
  let sections: [Section]

  init(_ bytes: [UInt8]) throws(SitesError) {
    guard bytes.count <= Self.sizeLimit else {
      throw .tooLarge(place: "bytes of the file", limit: Self.sizeLimit, found: bytes.count)
    }
    do {
      let header = try Self.header(bytes)
      entry = header.entry
      isRelocatable = header.isRelocatable
      segments = try Self.segments(bytes, header)
    } catch let error as FormatError {
      throw .badFormat(error)
    } catch let error as SitesError {
      throw error
    } catch {
      throw .library("libelf")
    }
    sections = try Self.sections(bytes)
    self.bytes = bytes
  }

  private static func header(_ bytes: [UInt8]) throws -> ExecutableHeader {
    let header = try bytes.withSpan { span throws(FormatError) in
      try ExecutableHeader(span.extracting(first: ExecutableHeader.size))
    }
    // The kernel looks at neither; libelf does, and would read the file in another way.
    guard bytes[4] == 2, bytes[5] == 1 else {
      throw SitesError.damaged(
        "ELF header", at: 4, expected: "0x102 (64 bits, little-endian)",
        found: UInt64(bytes.little(UInt16.self, at: 4)))
    }
    return header
  }

  private static func segments(_ bytes: [UInt8], _ header: ExecutableHeader) throws -> [Segment] {
    let all = try bytes.withSpan { file throws(FormatError) in
      let start = Int(min(header.programHeaderOffset, UInt64(bytes.count)))
      let table = file.extracting(droppingFirst: start)
      let layout = try ImageLayout(
        header: header, table: table, fileSize: UInt64(bytes.count))
      return (0..<header.programHeaderCount).compactMap { layout.segment($0, in: table) }
    }
    let loaded = all.filter { $0.type == .load }.sorted { $0.address < $1.address }
    for segment in loaded where segment.offset + segment.fileSize > UInt64(bytes.count) {
      throw SitesError.damaged(
        "program header", at: Int(header.programHeaderOffset),
        expected: "a segment's end within 0x\(String(bytes.count, radix: 16))",
        found: segment.offset + segment.fileSize)
    }
    for (lower, upper) in zip(loaded, loaded.dropFirst())
    where lower.address + lower.memorySize > upper.address {
      throw SitesError.damaged(
        "program header", at: Int(header.programHeaderOffset),
        expected: "a segment from 0x\(String(lower.address + lower.memorySize, radix: 16)) on",
        found: upper.address)
    }
    return loaded
  }

  private static func sections(_ bytes: [UInt8]) throws(SitesError) -> [Section] {
    let table = bytes.little(UInt64.self, at: 40)
    guard table != 0 else { return [] }
    let size = bytes.little(UInt16.self, at: 58)
    guard size == 64 else {
      throw .damaged(
        "ELF header", at: 58, expected: "section headers of 64 bytes", found: UInt64(size))
    }
    guard table.isMultiple(of: 8), table <= UInt64(bytes.count),
      UInt64(bytes.count) - table >= 64
    else {
      throw .damaged(
        "ELF header", at: 40, expected: "an aligned offset within the file", found: table)
    }
    let short = UInt64(bytes.little(UInt16.self, at: 60))
    let count = short == 0 ? bytes.little(UInt64.self, at: Int(table) + 32) : short
    guard count <= (UInt64(bytes.count) - table) / 64 else {
      throw .damaged(
        "ELF header", at: 60, expected: "section headers within the file", found: count)
    }
    guard count <= UInt64(sectionLimit) else {
      throw .tooLarge(place: "section headers", limit: sectionLimit, found: Int(count))
    }
    let rows = try Sections.read(bytes)
    var sections: [Section] = []
    for row in rows { sections.append(try section(row, bytes)) }
    let total = sections.reduce(0) { $0 + $1.bytes.count }
    guard total <= 2 * bytes.count else {
      throw .tooLarge(
        place: "bytes in sections, which share them", limit: 2 * bytes.count, found: total)
    }
    return sections
  }

  private static func section(
    _ row: RawSection, _ bytes: [UInt8]
  ) throws(SitesError) -> Section {
    let type = SectionType(rawValue: row.type)
    var range = 0..<0
    if type != .noBits, row.type != 0 {
      guard let found = bytes.range(row.offset, row.size) else {
        throw .damaged(
          "section \(row.name)", at: Int(clamping: row.offset),
          expected: "at most 0x\(String(bytes.count, radix: 16)) bytes from the file's start to its"
            + " end", found: row.offset &+ row.size)
      }
      range = found
    }
    return Section(
      name: row.name, type: type, isExecutable: row.flags & 4 != 0, isLoaded: row.flags & 2 != 0,
      address: row.address, bytes: range, link: row.link)
  }
}

extension Image {
  /// Where the byte at an address is in the file, or nil if it is in no segment's file part.
  func offset(of address: UInt64) -> Int? {
    for segment in segments
    where address >= segment.address && address - segment.address < segment.fileSize {
      return Int(segment.offset + (address - segment.address))
    }
    return nil
  }

  /// The bytes from an address to the end of its segment's file part.
  func bytes(from address: UInt64) -> Range<Int>? {
    for segment in segments
    where address >= segment.address && address - segment.address < segment.fileSize {
      let start = Int(segment.offset + (address - segment.address))
      return start..<Int(segment.offset + segment.fileSize)
    }
    return nil
  }

  /// Sections of a name; libraries have one of each, at most.
  func section(_ name: String) -> Section? { sections.first { $0.name == name } }
}
