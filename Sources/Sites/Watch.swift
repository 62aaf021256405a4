// SPDX-License-Identifier: Apache-2.0 WITH Swift-exception
// A second look for whatever may lead into the neighbourhood of a site, without decoding.

/// Marks as targets what any number in the file may mean, read as a distance or an address.
///
/// Decoding finds the branches of the code that it reaches. Code that it does not reach, and
/// numbers in data, cannot hide a target from this: a branch holds its distance in four bytes
/// somewhere in the code, and an address stands in the file as it is, unless a relocation writes
/// it. Numbers that mean something else make a target too many now and then.
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
    for region in map.regions { markCode(&map, region) }
    for section in image.sections where Self.holdsPointers(section) { markData(&map, section) }
    for site in sites { markShort(&map, site) }
  }

  /// Whether a section may hold addresses or distances that no relocation and no table tells of.
  ///
  /// Tables of symbols, unwinding and relocations have been read by their meaning.
  private static func holdsPointers(_ section: Section) -> Bool {
    section.isLoaded && section.type == .programData && !section.isExecutable
      && ![".eh_frame", ".eh_frame_hdr", ".gcc_except_table"].contains(section.name)
      && !GoTable.sectionNames.contains(section.name)
  }

  /// In code a distance counts from behind its word, and an address is a number in an instruction.
  private func markCode(_ map: inout CodeMap, _ region: CodeMap.Region) {
    var word: UInt32 = 0
    for (count, offset) in region.bytes.enumerated() {
      word = word >> 8 | UInt32(image.bytes[offset]) << 24
      guard count >= 3 else { continue }
      if count >= 4, isDistance(offset - 3, hasTwoBefore: count >= 5) {
        let distance = UInt64(bitPattern: Int64(Int32(bitPattern: word)))
        mark(&map, region.address &+ UInt64(count + 1) &+ distance, word: offset - 3)
      }
      if !image.isRelocatable { mark(&map, UInt64(word), word: offset - 3) }
    }
  }

  /// Whether what is in front of a word lets it be the distance of a branch, or of an operand.
  ///
  /// - Source: Intel's manual, volume 2: opcodes e8, e9, 0f 80 to 0f 8f and c7 f8, and ModRM bytes
  ///   of mode 0 and register 5.
  private func isDistance(_ word: Int, hasTwoBefore: Bool) -> Bool {
    let before = image.bytes[word - 1]
    if before & 0xc7 == 5 || before == 0xe8 || before == 0xe9 { return true }
    guard hasTwoBefore else { return false }
    let first = image.bytes[word - 2]
    return first == 0x0f && before & 0xf0 == 0x80 || first == 0xc7 && before == 0xf8
  }

  /// In data a distance counts from its word, and an address is of eight bytes.
  private func markData(_ map: inout CodeMap, _ section: Section) {
    let skew = Int((4 - section.address % 4) % 4)
    for index in stride(from: skew, to: section.bytes.count - 3, by: 4) {
      let offset = section.bytes.lowerBound + index
      let word = image.bytes.little(UInt32.self, at: offset)
      let distance = UInt64(bitPattern: Int64(Int32(bitPattern: word)))
      mark(&map, section.address &+ UInt64(index) &+ distance, word: nil)
      guard !image.isRelocatable, index + 8 <= section.bytes.count else { continue }
      mark(&map, image.bytes.little(UInt64.self, at: offset), word: nil)
    }
  }

  /// Marks a watched byte as a target, unless the word that says so is part of something else.
  private func mark(_ map: inout CodeMap, _ address: UInt64, word: Int?) {
    guard address >= lowest, address < highest, let target = map.offset(of: address),
      map.has(.watched, at: target)
    else { return }
    if let word {
      if isExplained(map, word) { return }
    } else if map[target].isSuperset(of: [.body, .proven]), !map.has(.conflict, at: target) {
      // Data means the start of an instruction, or nothing in code.
      return
    }
    map.insert(.target, at: target)
  }

  /// Whether a word is known to be part of an instruction that it does not end.
  private func isExplained(_ map: CodeMap, _ word: Int) -> Bool {
    let mark = map[word]
    guard mark.contains(.proven), !mark.contains(.conflict) else { return false }
    var start = word
    while !map.has(.start, at: start), start > word - 15 { start -= 1 }
    guard map.has(.start, at: start) else { return false }
    // A number of eight bytes has its lower half first.
    return map.end(start) != word + 4 && map.end(start) != word + 8
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
