// SPDX-License-Identifier: Apache-2.0 WITH Swift-exception
// Finding sites by address, and telling which are worth a rewriting.

internal import CLayout
internal import CShim
internal import LinuxABI

extension Sites {
  /// How many traps of sites that may be rewritten there are before it is done to all of them: to
  /// open the files of /proc costs a young process about as much.
  private static var patience: UInt32 {
    Monitor.options & UInt32(SW_OPTION_EAGER) == 0 ? 48 : 0
  }
  /// How often a site has trapped itself by then. One that did so once may never do so again.
  static var least: UInt32 { 2 }
  /// The first sites are looked through one by one: few programs of a moment have more, and the
  /// index would cost each of them a page at every site.
  private static var first: UInt32 { 32 }
  /// Buckets that are looked at for one address.
  private static var reach: UInt32 { 16 }

  /// Number of the site at an address, or nil if it has none.
  static func find(_ address: UInt64) -> UInt32? {
    var number: UInt32 = 1
    let listed = min(last, first)
    while number <= listed {
      if at(number, { $0.address }) == address { return number }
      number += 1
    }
    guard listed == first else { return nil }
    for step in 0..<reach {
      let number = Atomic.load(bucket(hash(address) &+ step))
      guard number != 0 else { return nil }
      if at(number, { $0.address }) == address { return number }
    }
    return nil
  }

  /// Counts a trap by the call of a number, and tells whether sites are to be rewritten now.
  ///
  /// Takes no lock: threads that meet a new site at once may give it two numbers, of which only
  /// one is ever found again.
  static func countTrap(at address: UInt64, rax: UInt64) -> Bool {
    guard let number = find(address) ?? add(address) else { return false }
    let traps: UInt32 = at(number) { site in
      guard site.state == UInt32(SW_SITE_TRAPPING) else { return 0 }
      site.number = UInt32(truncatingIfNeeded: min(rax, UInt64(UInt32.max)))
      site.traps &+= 1
      return site.traps
    }
    guard traps > 0 else { return false }
    return with { state in
      state.traps &+= 1
      let isDue = state.traps >= patience && traps >= least
      if isDue { state.traps = 0 }
      return isDue
    }
  }

  /// The last number in use; 0 if there is none.
  static var last: UInt32 { min(with { $0.count }, UInt32(SW_SITES - 1)) }

  /// Visits the number of every site.
  static func each(_ body: (UInt32) -> Void) {
    let last = last
    var number: UInt32 = 1
    while number <= last {
      body(number)
      number += 1
    }
  }

  /// Whether any site in a range is rewritten.
  static func hasRewritten(in range: AddressRange) -> Bool {
    var found = false
    each { number in found = found || at(number) { $0.isRewritten(in: range) } }
    return found
  }

  /// Whether anything but traps is known of a site in a range. Takes no lock: code that goes away is
  /// not called at the same time.
  static func know(_ range: AddressRange) -> Bool {
    guard !range.isEmpty else { return false }
    var found = false
    each { number in
      found = found || at(number) { $0.state != UInt32(SW_SITE_TRAPPING) && $0.lies(in: range) }
    }
    return found
  }

  /// Keeps in mind what rights the mappings of a range have now.
  static func setRights(_ rights: UInt64, in range: AddressRange) {
    each { number in
      at(number) { if $0.lies(in: range) { $0.rights = UInt8(truncatingIfNeeded: rights) } }
    }
  }

  /// Begins anew with all sites of a range, whose code is gone.
  static func forget(_ range: AddressRange) {
    each { number in
      at(number) { site in
        guard site.lies(in: range) else { return }
        site.state = UInt32(SW_SITE_TRAPPING)
        site.traps = 0
        site.before = 0
      }
    }
  }

  private static func add(_ address: UInt64) -> UInt32? {
    let last = UInt32(SW_SITES - 1)
    guard with({ $0.count }) < last else { return nil }
    let number = Atomic.add(with { TargetMemory.address(of: &$0.count) }, 1) &+ 1
    guard number <= last else { return nil }
    at(number) { site in
      site = Site()
      site.address = address
    }
    if number <= first { return number }
    for step in 0..<reach
    where Atomic.exchange(bucket(hash(address) &+ step), from: 0, to: number) {
      return number
    }
    return nil
  }

  /// - Source: Knuth, The Art of Computer Programming 3, 6.4: multiplication by the golden ratio.
  private static func hash(_ address: UInt64) -> UInt32 {
    UInt32(truncatingIfNeeded: (address &* 0x9e37_79b9_7f4a_7c15) >> 48)
  }
}
