// SPDX-License-Identifier: Apache-2.0 WITH Swift-exception
// The ways that move instructions around a site.

extension WayChooser {
  /// Safe if control comes to the window at its start only, and if what is moved does the same at
  /// another address.
  ///
  /// - Parameters:
  ///   - before: Bytes before the site that may be taken; likewise `after`.
  mutating func window(_ site: Site, before: Int, after: Int) -> Site? {
    guard !traversal.isUncertain(site.offset) else { return nil }
    var site = site
    if before > 0 { extendBefore(&site, before) }
    if after > 0 { extendAfter(&site, after) }
    guard site.window.count >= Site.jumpSize, site.window.count <= Site.windowLimit,
      !hasTarget((site.window.lowerBound + 1)..<site.window.upperBound)
    else { return nil }
    return site
  }

  /// Takes instructions before the site, as many as are needed.
  private mutating func extendBefore(_ site: inout Site, _ limit: Int) {
    while site.window.count < Site.jumpSize {
      let start = site.window.lowerBound
      guard !map.has(.target, at: start), let previous = map.predecessor(start),
        site.offset - previous <= limit, isMovable(previous..<start)
      else { return }
      site.before = site.offset - previous
    }
  }

  /// Takes instructions after the site, as many as are needed.
  private mutating func extendAfter(_ site: inout Site, _ limit: Int) {
    while site.window.count < Site.jumpSize {
      let start = site.window.upperBound
      guard map.has(.start, at: start), !map.has(.target, at: start) else { return }
      let end = map.end(start)
      guard end - site.offset - Site.size <= limit, isMovable(start..<end) else { return }
      site.after = end - site.offset - Site.size
    }
  }

  private mutating func isMovable(_ instruction: Range<Int>) -> Bool {
    guard isFree(instruction), !isBranchTarget(instruction),
      let effects = decoder.effects(
        image.bytes, at: instruction.lowerBound, end: instruction.upperBound)
    else { return false }
    return effects.isMovable
  }

  /// `endbr64`, which indirect branches may come to.
  private func isBranchTarget(_ instruction: Range<Int>) -> Bool {
    image.bytes[instruction].elementsEqual([0xf3, 0x0f, 0x1e, 0xfa])
  }
}
