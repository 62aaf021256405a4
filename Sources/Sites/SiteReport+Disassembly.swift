// SPDX-License-Identifier: Apache-2.0 WITH Swift-exception
// The code around a site.

extension SiteReport {
  /// Instructions shown to each side of a site.
  private static let reach = 10

  /// The code around the chosen sites; it ends in a newline unless it is empty.
  ///
  /// The site is marked by `>`, the bytes to change by `*`, other bytes of its window by `|`.
  package func disassembly(_ choice: SiteChoice) throws(SitesError) -> String {
    var decoder = try Decoder()
    let map = try CodeMap(image)
    var text = ""
    for site in plan.sites where choice.includes(site) {
      text += "\n\(path) \(Self.hex(site.address)) \(function(site)): \(site.way.name)"
      text += proof(site).isEmpty ? "\n" : ", \(proof(site))\n"
      guard let region = map.region(site.offset) else { continue }
      for offset in starts(around: site, region, &decoder) {
        text += line(offset, site, region, &decoder)
      }
      if site.padding != 0 { text += paddingLine(site) }
    }
    return text
  }

  /// Where instructions start around a site, in the order of the file.
  private func starts(
    around site: Site, _ region: CodeMap.Region, _ decoder: inout Decoder
  ) -> [Int] {
    let before = startsBefore(site, region, &decoder)
    var starts = before + [site.offset]
    while starts.count < before.count + 1 + Self.reach, let last = starts.last {
      let size = decoder.decode(image.bytes, at: last, end: region.bytes.upperBound)?.size ?? 1
      guard last + size < region.bytes.upperBound else { break }
      starts.append(last + size)
    }
    return starts
  }

  /// Decodes from the function's start, or from a place from which decoding comes out at the site.
  private func startsBefore(
    _ site: Site, _ region: CodeMap.Region, _ decoder: inout Decoder
  ) -> [Int] {
    let window = site.boundaries.map { site.window.lowerBound + $0 }.filter { $0 < site.offset }
    let goal = window.first ?? site.offset
    var origins = [Int](max(region.bytes.lowerBound, goal - 64)..<max(goal, 1))
    if let index = functions.indexBefore(site.address) {
      let distance = Int(clamping: site.address - functions.all[index].range.lowerBound)
      if distance < 1 << 16 { origins.insert(max(0, site.offset - distance), at: 0) }
    }
    for origin in origins where region.bytes.contains(origin) {
      var starts: [Int] = []
      var place = origin
      while place < goal,
        let instruction = decoder.decode(image.bytes, at: place, end: region.bytes.upperBound)
      {
        starts.append(place)
        place = instruction.end
      }
      if place == goal { return (starts + window).suffix(Self.reach) }
    }
    return window
  }

  private func line(
    _ offset: Int, _ site: Site, _ region: CodeMap.Region, _ decoder: inout Decoder
  ) -> String {
    let address = region.address + UInt64(offset - region.bytes.lowerBound)
    let decoded = decoder.text(
      image.bytes, at: offset, end: region.bytes.upperBound, address: address)
    let bytes = offset..<(offset + (decoded?.size ?? 1))
    let isChanged = bytes.overlaps(site.changed)
    let isMoved = site.way != .none && bytes.overlaps(site.window)
    let mark = (offset == site.offset ? ">" : " ") + (isChanged ? "*" : isMoved ? "|" : " ")
    return Self.line(mark, address, Array(image.bytes[bytes]), decoded?.text ?? "(no instruction)")
  }

  private func paddingLine(_ site: Site) -> String {
    let start = site.offset + site.padding
    let address = site.address &+ UInt64(bitPattern: Int64(site.padding))
    let bytes = Array(image.bytes[start..<(start + Site.jumpSize)])
    return "  ...\n" + Self.line(" *", address, bytes, "(dead fill, for the long jump)")
  }

  private static func line(
    _ mark: String, _ address: UInt64, _ bytes: [UInt8], _ text: String
  ) -> String {
    let hex = hex(bytes)
    let gap = String(repeating: " ", count: max(1, 32 - hex.count))
    return "\(mark) \(self.hex(address))  \(hex)\(gap)\(text)\n"
  }
}
