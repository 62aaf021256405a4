// SPDX-License-Identifier: Apache-2.0 WITH Swift-exception
// Telling sites from bytes that only look like them.

/// The sites of a file, and how many pairs of bytes are none.
struct SiteFinder {
  /// Sites of a file at most.
  static let limit = 1 << 16

  private(set) var sites: [Site] = []
  /// Pairs of bytes in executable segments that look like a site and are none.
  private(set) var strays: [SiteKind: Int] = [:]

  /// Whether any bytes of the code look like a site.
  func hasCandidates(_ image: Image, _ map: CodeMap) -> Bool {
    map.regions.contains { region in
      region.bytes.dropLast().contains { offset in
        SiteKind(image.bytes[offset], image.bytes[offset + 1]) != nil
      }
    }
  }

  /// - Parameter map: With all code marked.
  mutating func find(
    _ image: Image, _ map: CodeMap, _ decoder: inout Decoder
  ) throws(SitesError) {
    for region in map.regions {
      for offset in region.bytes.dropLast() {
        guard let kind = SiteKind(image.bytes[offset], image.bytes[offset + 1]) else { continue }
        guard let start = Self.start(image, map, offset, kind, &decoder) else {
          strays[kind, default: 0] += 1
          continue
        }
        guard sites.count < Self.limit else {
          throw .tooLarge(place: "sites", limit: Self.limit, found: sites.count + 1)
        }
        var site = Site(offset: offset, address: map.address(of: offset), kind: kind)
        site.hindrance = Self.hindrance(image, map, site, start)
        sites.append(site)
      }
    }
    sites.sort { $0.offset < $1.offset }
  }

  /// Where the instruction starts whose last two bytes are these; nil if there is none.
  private static func start(
    _ image: Image, _ map: CodeMap, _ offset: Int, _ kind: SiteKind, _ decoder: inout Decoder
  ) -> Int? {
    for start in stride(from: offset, through: offset - 13, by: -1) {
      let mark = map[start]
      guard !mark.isDisjoint(with: .covered) else { return nil }
      guard mark.contains(.start) else { continue }
      let end = map.region(start)?.bytes.upperBound ?? start
      guard let instruction = decoder.decode(image.bytes, at: start, end: end),
        instruction.end == offset + 2, instruction.kind == kind
      else { return nil }
      return start
    }
    return nil
  }

  private static func hindrance(
    _ image: Image, _ map: CodeMap, _ site: Site, _ start: Int
  ) -> Hindrance {
    let marks = [map[site.offset], map[site.offset + 1]]
    if !marks.allSatisfy({ $0.contains(.proven) }) { return .unproven }
    if marks.contains(where: { $0.contains(.conflict) }) { return .conflict }
    if start != site.offset { return .prefixed }
    if image.sections.isEmpty { return .noSections }
    return site.kind == .sysenter ? .sysenter : .none
  }
}
