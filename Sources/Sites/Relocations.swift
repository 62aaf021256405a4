// SPDX-License-Identifier: Apache-2.0 WITH Swift-exception
// What relocations point to.

/// Addresses that the loader writes somewhere, so that anything may go there.
struct Relocations {
  /// In the order of the file, with repetitions.
  private(set) var targets: [UInt64] = []

  private static let rowSize = 24

  /// - Throws: `SitesError.damaged` where a table contradicts itself.
  init(_ image: Image) throws(SitesError) {
    for section in image.sections where section.isLoaded {
      switch section.type {
      case .relocations: try read(image, section)
      case .packedRelocations: try readPacked(image, section)
      default: break
      }
    }
  }

  /// - Source: `elf(5)`, `Elf64_Rela`; System V ABI for AMD64, table 4.9.
  private mutating func read(_ image: Image, _ section: Section) throws(SitesError) {
    for row in 0..<section.bytes.count / Self.rowSize {
      let start = section.bytes.lowerBound + row * Self.rowSize
      let information = image.bytes.little(UInt64.self, at: start + 8)
      let addend = image.bytes.little(UInt64.self, at: start + 16)
      switch UInt32(truncatingIfNeeded: information) {
      case 8, 37: targets.append(addend)
      // R_X86_64_64: an address beside a symbol.
      case 1:
        let symbol = try value(image, section, Int(information >> 32), at: start)
        if let symbol { targets.append(symbol &+ addend) }
      default: break
      }
    }
  }

  /// The value of a symbol of this file, or nil if it is in another one.
  private func value(
    _ image: Image, _ section: Section, _ symbol: Int, at start: Int
  ) throws(SitesError) -> UInt64? {
    if symbol == 0 { return 0 }
    guard image.sections.indices.contains(section.link),
      symbol < image.sections[section.link].bytes.count / SymbolRow.size
    else {
      throw .damaged(
        section.name, at: start, expected: "the index of a symbol", found: UInt64(symbol))
    }
    let row = image.sections[section.link].bytes.lowerBound + symbol * SymbolRow.size
    let isDefined = image.bytes.little(UInt16.self, at: row + 6) != 0
    return isDefined ? image.bytes.little(UInt64.self, at: row + 8) : nil
  }

  /// Addresses and bitmaps of the words behind them; the words hold what they point to.
  ///
  /// - Source: ELF gABI, `SHT_RELR`.
  private mutating func readPacked(_ image: Image, _ section: Section) throws(SitesError) {
    var next: UInt64 = 0
    for row in 0..<section.bytes.count / 8 {
      let start = section.bytes.lowerBound + row * 8
      let entry = image.bytes.little(UInt64.self, at: start)
      if entry & 1 == 0 {
        try readWord(image, section, entry, at: start)
        next = entry &+ 8
        continue
      }
      for bit in UInt64(0)..<63 where entry >> (bit + 1) & 1 == 1 {
        try readWord(image, section, next &+ 8 &* bit, at: start)
      }
      next = next &+ 63 &* 8
    }
  }

  private mutating func readWord(
    _ image: Image, _ section: Section, _ address: UInt64, at start: Int
  ) throws(SitesError) {
    guard let range = image.bytes(from: address), range.count >= 8 else {
      throw .damaged(
        section.name, at: start, expected: "an address in a segment", found: address)
    }
    targets.append(image.bytes.little(UInt64.self, at: range.lowerBound))
  }
}
