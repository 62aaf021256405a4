// SPDX-License-Identifier: Apache-2.0 WITH Swift-exception
// The way by dead padding.

extension WayChooser {
  /// Safe if nothing ever executes the padding: the instruction before it never goes on to it,
  /// nothing leads to it, and it is made of nothing but fill. The second byte of the site is no
  /// start of an instruction, so that control cannot come to it.
  ///
  /// In a function with a jump of unknown targets, padding is left alone.
  mutating func padding(_ site: Site) -> Site? {
    guard !map.has(.target, at: site.offset + 1) else { return nil }
    // A short jump reaches -128 to 127 bytes from its end; the nearest padding comes first.
    for distance in 1...129 {
      for signed in [distance, -distance] where signed >= -126 {
        if isDead(site.offset + signed) {
          var site = site
          site.padding = signed
          return site
        }
      }
    }
    return nil
  }

  /// Whether a long jump can be put at an offset.
  private mutating func isDead(_ start: Int) -> Bool {
    let range = start..<(start + Site.jumpSize)
    guard map.region(start) != nil, range.allSatisfy({ isUnused($0) }), !hasTarget(range),
      let run = run(around: start), range.upperBound <= run.upperBound
    else { return false }
    return !traversal.isUncertain(start) && isFill(run)
  }

  private func isUnused(_ offset: Int) -> Bool {
    map.region(offset) != nil && map[offset].isDisjoint(with: [.start, .body, .claimed])
  }

  /// The bytes around an offset that nothing uses, if what is before them never goes on to them.
  private func run(around offset: Int) -> Range<Int>? {
    guard let region = map.region(offset) else { return nil }
    var start = offset
    // Padding is short; a longer gap is something else.
    while start > region.bytes.lowerBound, offset - start < 256,
      map[start - 1].isDisjoint(with: .covered)
    { start -= 1 }
    var end = offset
    while end < region.bytes.upperBound, end - offset < 256, map[end].isDisjoint(with: .covered) {
      end += 1
    }
    return stops(before: start) ? start..<end : nil
  }

  /// Whether the instruction that ends at an offset is one that does not go on.
  private func stops(before offset: Int) -> Bool {
    for start in stride(from: offset - 1, through: offset - 15, by: -1)
    where map.has(.start, at: start) {
      let mark = map[start]
      return mark.contains([.stops, .proven]) && !mark.contains(.conflict)
        && map.end(start) == offset
    }
    return false
  }

  /// Whether bytes are fill from end to end.
  private mutating func isFill(_ run: Range<Int>) -> Bool {
    if image.bytes[run].allSatisfy({ $0 == 0 }) { return true }
    var place = run.lowerBound
    while place < run.upperBound {
      guard let instruction = decoder.decode(image.bytes, at: place, end: run.upperBound),
        Padding.isFill(image.bytes, instruction)
      else { return false }
      place = instruction.end
    }
    return true
  }
}
