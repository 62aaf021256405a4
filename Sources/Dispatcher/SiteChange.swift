// SPDX-License-Identifier: Apache-2.0 WITH Swift-exception
// Putting a site's jump in place, and the target's own bytes back. Under the lock of sites.

internal import CShim
internal import LinuxABI

/// Changes of sites.
///
/// Where other threads run, they may be about to execute the bytes that change. The first byte is
/// then made `hlt` for so long, by which a thread faults, waits in its handler and tries again:
///
///     b8 xx xx xx xx   ->  f4 xx xx xx xx  | barrier |  f4 yy yy yy yy  | barrier |  e9 yy yy yy yy
///
/// - Source: Intel SDM volume 3, 9.1.3, on cross-modifying code.
enum SiteChange {
  /// A jump, or the bytes that were in its place.
  static var length: UInt64 { 5 }
  private static var halt: UInt8 { 0xf4 }

  /// Rewrites all chosen sites; those with which it cannot be done are refused.
  static func rewriteChosen() {
    Slot.open()
    do throws(Errno) {
      let writer = try CodeWriter()
      for number in 0...Sites.last { rewriteIfChosen(number, writer) }
    } catch {
      Sites.each { number in
        Sites.at(number) { if $0.state == UInt32(SW_SITE_CHOSEN) { $0.refuse() } }
      }
    }
  }

  private static func rewriteIfChosen(_ number: UInt32, _ writer: borrowing CodeWriter) {
    let site = Sites.at(number) { $0 }
    guard site.state == UInt32(SW_SITE_CHOSEN) else { return }
    Sites.at(number) { $0.refuse() }
    rewrite(number, site, writer)
  }

  /// Fills the slot and lets the site jump to it.
  private static func rewrite(_ number: UInt32, _ site: Site, _ writer: borrowing CodeWriter) {
    let start = site.address &- UInt64(site.before)
    let slot = Slot(number)
    guard let region = CodeRegions.changeable(start, by: writer),
      CodeRegions.changeable(site.address &+ 1, by: writer) != nil,
      let original = try? TargetMemory.word(at: TargetAddress(start)),
      let answered = try? fill(slot, site, writer),
      let jump = try? jump(from: start, to: slot, region, writer)
    else { return }
    Sites.at(number) { site in
      site.original = original
      site.answered = answered
    }
    exchange(number, jump, ends: SW_SITE_REWRITTEN, writer)
  }

  /// Gives the target its own bytes back, in all of a range.
  static func restore(_ range: AddressRange) {
    guard let writer = try? CodeWriter() else { return }
    for number in 0...Sites.last {
      let site = Sites.at(number) { $0 }
      guard site.isRewritten(in: range) else { continue }
      exchange(number, site.original, ends: SW_SITE_TRAPPING, writer)
    }
  }

  /// The jump to a slot, by a stub if the slot is far away.
  private static func jump(
    from place: UInt64, to slot: Slot, _ region: AddressRange, _ writer: borrowing CodeWriter
  ) throws(Errno) -> UInt64 {
    if let direct = Slot.jump(from: place, to: slot.start) { return direct }
    let stub = try NearStubs.make(for: slot.number, in: region, by: writer)
    guard let near = Slot.jump(from: place, to: stub) else { throw .noMemory }
    return near
  }

  /// Writes the slot's code; returns the offset behind its `syscall`.
  private static func fill(
    _ slot: Slot, _ site: Site, _ writer: borrowing CodeWriter
  ) throws(Errno) -> UInt8 {
    var code: (UInt64, UInt64, UInt64, UInt64, UInt64, UInt64, UInt64, UInt64) =
      (0, 0, 0, 0, 0, 0, 0, 0)
    let buffer = TargetMemory.address(of: &code)
    let answered = slot.encode(site, counter: counter(of: site), into: buffer)
    try writer.write(Slot.size, from: buffer, to: slot.start)
    return answered
  }

  /// The cell that leads to the counter of a site's call.
  private static func counter(of site: Site) -> UInt64 {
    let isKnown = SyscallNumber(rawValue: UInt64(site.number)).isKnown
    return Monitor.with { state in
      isKnown
        ? TargetMemory.address(of: &state.issuedCounter).rawValue
        : TargetMemory.address(of: &state.unknownCounter).rawValue
    }
  }

  /// Replaces the first bytes of a site's window by those of `word`.
  private static func exchange(
    _ number: UInt32, _ word: UInt64, ends state: Int32, _ writer: borrowing CodeWriter
  ) {
    let site = Sites.at(number) { $0 }
    let start = site.address &- UInt64(site.before)
    var bytes = word
    var stop = halt
    let source = TargetMemory.address(of: &bytes)
    Sites.at(number) { $0.state = UInt32(SW_SITE_PATCHING) }
    do throws(Errno) {
      if Sites.with({ $0.isShared }) != 0 {
        try CodeBarrier.pass()
        try writer.write(1, from: TargetMemory.address(of: &stop), to: start)
        try CodeBarrier.pass()
        try writer.write(length - 1, from: source.advanced(by: 1), to: start + 1)
        try CodeBarrier.pass()
        try writer.write(1, from: source, to: start)
      } else {
        try writer.write(length, from: source, to: start)
      }
      Sites.at(number) { $0.state = UInt32(state) }
    } catch {
      // Nothing was changed: what fails does so at the first write.
      Sites.at(number) { $0.state = site.state }
    }
  }
}

extension Site {
  /// Leaves the site to the trap.
  mutating func refuse() { state = UInt32(SW_SITE_REFUSED) }

  /// Whether a byte of the site lies in a range.
  func lies(in range: AddressRange) -> Bool {
    address != 0 && address &- UInt64(before) < range.end && range.start < address &+ 2
  }

  func isRewritten(in range: AddressRange) -> Bool {
    state == UInt32(SW_SITE_REWRITTEN) && lies(in: range)
  }
}
