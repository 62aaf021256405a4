// SPDX-License-Identifier: Apache-2.0 WITH Swift-exception
// Deciding how each site can be rewritten: the rules, and what proves each.

/// Gives every site the best way that is proven to be safe.
struct WayChooser: ~Copyable {
  let traversal: Traversal
  var map: CodeMap
  var decoder: Decoder
  private(set) var sites: [Site]

  var image: Image { traversal.image }

  /// - Parameters:
  ///   - map: With all targets around the sites marked.
  ///   - sites: By offset; those with a hindrance are left alone.
  init(
    _ traversal: consuming Traversal, _ map: consuming CodeMap, _ sites: [Site]
  ) throws(SitesError) {
    decoder = try Decoder(details: true)
    self.traversal = traversal
    self.map = map
    self.sites = sites
    for site in sites { claim(site.window) }
  }

  /// Tries the ways for all sites in turn, so that a better way of one site is never lost to a
  /// worse one of another.
  mutating func choose() {
    for index in sites.indices { readNumber(index) }
    let ways: [RewriteWay] = [.prefix, .padding, .before, .after, .around]
    for way in ways {
      for index in sites.indices
      where sites[index].way == .none && sites[index].hindrance == .none {
        apply(way, index)
      }
    }
    for index in sites.indices { finish(index) }
  }

  private mutating func apply(_ way: RewriteWay, _ index: Int) {
    let site = sites[index]
    let found: Site? =
      switch way {
      case .prefix: prefix(site)
      case .padding: padding(site)
      case .before: window(site, before: 22, after: 0)
      case .after: window(site, before: 0, after: 22)
      case .around: window(site, before: 22, after: 22)
      case .none: nil
      }
    guard var found else { return }
    found.way = way
    claim(found.window)
    if found.padding != 0 {
      claim((found.offset + found.padding)..<(found.offset + found.padding + Site.jumpSize))
    }
    sites[index] = found
  }

  private mutating func claim(_ range: Range<Int>) {
    for offset in range { map.insert(.claimed, at: offset) }
  }

  /// Fills in what follows from the way.
  private mutating func finish(_ index: Int) {
    if sites[index].way == .none, sites[index].hindrance == .none {
      sites[index].hindrance =
        traversal.isUncertain(sites[index].offset) ? .unknownJump : .noWindow
    }
    let window = sites[index].window
    sites[index].original = Array(image.bytes[window])
    sites[index].boundaries = window.filter { map.has(.start, at: $0) }
      .map { $0 - window.lowerBound }
  }

  private mutating func readNumber(_ index: Int) {
    guard sites[index].hindrance != .unproven, move(before: sites[index]) != nil else { return }
    sites[index].number = image.bytes.little(UInt32.self, at: sites[index].offset - 4)
  }

  /// Start of the `mov $number, %eax` or `mov $number, %rax` right before a site.
  private func move(before site: Site) -> Int? {
    guard let start = map.predecessor(site.offset) else { return nil }
    switch site.offset - start {
    case 5: return image.bytes[start] == 0xb8 ? start : nil
    case 7: return image.bytes[start..<(start + 3)].elementsEqual([0x48, 0xc7, 0xc0]) ? start : nil
    default: return nil
    }
  }

  /// Whether bytes are proven to be of one decoding and free to change.
  func isFree(_ range: Range<Int>) -> Bool {
    range.allSatisfy { offset in
      let mark = map[offset]
      return mark.contains(.proven) && mark.isDisjoint(with: [.conflict, .claimed])
    }
  }

  /// Whether control may come to one of some bytes from elsewhere.
  func hasTarget(_ range: Range<Int>) -> Bool {
    range.contains { map.has(.target, at: $0) }
  }

  /// Safe if control comes to the `mov` at its start only; the site itself stays, so that a
  /// branch to it, or a return behind it, is as before.
  ///
  /// Jumps with unknown targets lead to the starts of instructions, of which the bytes have one.
  private func prefix(_ site: Site) -> Site? {
    guard let start = move(before: site), isFree(start..<site.offset),
      !hasTarget((start + 1)..<site.offset)
    else { return nil }
    var site = site
    site.before = site.offset - start
    return site
  }
}
