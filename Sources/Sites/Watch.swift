// SPDX-License-Identifier: Apache-2.0 WITH Swift-exception
// A second look for whatever may lead into the neighbourhood of a site, without decoding.

/// Marks as targets what any number in the file may mean, read as a distance or an address.
///
/// Decoding finds the branches of the code that it reaches. Code that it does not reach, and
/// numbers in data, cannot hide a target from this: a branch holds its distance in four bytes
/// somewhere in the code, and an address stands in the file as it is, unless a relocation writes
/// it. Numbers that mean something else make a target too many now and then, and never one too few.
struct Watch {
  /// Bytes to each side of a site in which targets matter.
  static let reach = 136
  /// Executable segments at most.
  static let regionLimit = 16

  let image: Image
  private let lowest: UInt64
  private let highest: UInt64

  init(_ image: Image, _ map: CodeMap) throws(SitesError) {
    guard map.regions.count <= Self.regionLimit else {
      throw .tooLarge(
        place: "executable segments", limit: Self.regionLimit, found: map.regions.count)
    }
    self.image = image
    lowest = map.regions.map(\.address).min() ?? 0
    highest = map.regions.map { $0.address + UInt64($0.bytes.count) }.max() ?? 0
  }

  /// Marks what leads to watched bytes; those around the sites are watched.
  func mark(_ map: inout CodeMap, sites: [Int]) {
    for site in sites {
      for offset in (site - Self.reach)..<(site + Self.reach) { map.insert(.watched, at: offset) }
    }
    if sites.isEmpty { return }
    for segment in image.segments {
      markWords(&map, Int(segment.offset)..<Int(segment.offset + segment.fileSize), segment.address)
    }
    for site in sites { markShort(&map, site) }
  }

  private func markWords(_ map: inout CodeMap, _ bytes: Range<Int>, _ start: UInt64) {
    guard bytes.count >= 4 else { return }
    let isCode = map.region(bytes.lowerBound) != nil
    var word: UInt32 = 0
    for (count, offset) in bytes.enumerated() {
      word = word >> 8 | UInt32(image.bytes[offset]) << 24
      guard count >= 3 else { continue }
      // Code counts from behind the word, tables from the word itself.
      let place = start &+ UInt64(count) &- (isCode ? 0 : 4) &+ 1
      let relative = place &+ UInt64(bitPattern: Int64(Int32(bitPattern: word)))
      if relative >= lowest, relative < highest {
        markDistance(&map, relative, word: offset - 3, isCode)
      }
      guard !image.isRelocatable, highest <= UInt64(UInt32.max) else { continue }
      markAddress(&map, UInt64(word))
    }
    if !image.isRelocatable, highest > UInt64(UInt32.max) { markLong(&map, bytes) }
  }

  private func markLong(_ map: inout CodeMap, _ bytes: Range<Int>) {
    guard bytes.count >= 8 else { return }
    for offset in bytes.lowerBound...(bytes.upperBound - 8) {
      markAddress(&map, image.bytes.little(UInt64.self, at: offset))
    }
  }

  private func markAddress(_ map: inout CodeMap, _ address: UInt64) {
    guard address >= lowest, address < highest, let target = map.offset(of: address),
      map.has(.watched, at: target)
    else { return }
    map.insert(.target, at: target)
  }

  private func markDistance(
    _ map: inout CodeMap, _ address: UInt64, word: Int, _ isCode: Bool
  ) {
    guard let target = map.offset(of: address), map.has(.watched, at: target) else { return }
    if isCode, isExplained(map, word) { return }
    map.insert(.target, at: target)
  }

  /// Whether a word is known to be part of an instruction that it does not end.
  private func isExplained(_ map: CodeMap, _ word: Int) -> Bool {
    let mark = map[word]
    guard mark.contains(.proven), !mark.contains(.conflict) else { return false }
    var start = word
    while !map.has(.start, at: start), start > word - 15 { start -= 1 }
    return map.has(.start, at: start) && map.end(start) != word + 4
  }

  /// Short branches in bytes that are not proven to be something else.
  private func markShort(_ map: inout CodeMap, _ site: Int) {
    let reach = Self.reach + 129
    for offset in (site - reach)..<(site + reach)
    where map.region(offset) != nil && map.region(offset + 1) != nil {
      let mark = map[offset]
      if mark.contains(.proven), !mark.contains(.conflict) { continue }
      switch image.bytes[offset] {
      case 0x70...0x7f, 0xe0...0xe3, 0xeb:
        let target = offset + 2 + Int(Int8(bitPattern: image.bytes[offset + 1]))
        if map.has(.watched, at: target) { map.insert(.target, at: target) }
      default: break
      }
    }
  }
}
