// SPDX-License-Identifier: Apache-2.0 WITH Swift-exception
// Putting a site's jump in place, and the target's own bytes back. Under the lock of sites.

internal import CLayout
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
  /// The first byte of a jump.
  static var jump: UInt8 { 0xe9 }
  private static var halt: UInt8 { 0xf4 }

  /// Fills the slot and lets the site jump to it; leaves the site refused if that cannot be done.
  static func rewrite(_ number: UInt32) {
    guard let writer = try? CodeWriter() else { return }
    let site = Sites.at(number) { $0 }
    guard let region = CodeRegions.changeable(site.start, by: writer),
      let answered = try? fill(Slot(number), site, writer),
      let stub = try? stub(of: number, site, region.range, writer),
      let jump = jump(of: number, stub: stub)
    else { return }
    Sites.at(number) { site in
      site.answered = answered
      site.rights = UInt8(truncatingIfNeeded: region.rights)
    }
    exchange(number, site.original, by: jump, ends: SW_SITE_REWRITTEN, writer)
  }

  /// Gives the target its own bytes back, in all of a range.
  static func restore(_ range: AddressRange) {
    if !Rewriting.isStopped, let writer = try? CodeWriter() {
      restore(range, writer)
    } else {
      restoreByRights(range)
    }
  }

  /// The same without opening a file.
  static func restoreByRights(_ range: AddressRange) {
    restore(range, CodeWriter.byRights)
  }

  private static func restore(_ range: AddressRange, _ writer: borrowing CodeWriter) {
    Sites.each { number in
      let site = Sites.at(number) { $0 }
      guard site.isRewritten(in: range), let jump = jump(of: number, stub: site.stub)
      else { return }
      exchange(number, jump, by: site.original, ends: SW_SITE_TRAPPING, writer)
    }
  }

  /// The stub by which a site reaches its slot; 0 if it needs none.
  private static func stub(
    of number: UInt32, _ site: Site, _ region: AddressRange, _ writer: borrowing CodeWriter
  ) throws(Errno) -> UInt64 {
    if jump(of: number, stub: 0) != nil { return 0 }
    return try NearStubs.make(for: number, in: region, by: writer)
  }

  private static func jump(of number: UInt32, stub: UInt64) -> UInt64? {
    let start = Sites.at(number) { $0.start }
    return Slot.jump(from: start, to: stub == 0 ? Slot(number).start : stub)
  }

  /// Writes the slot's code; returns the offset behind its `syscall`.
  private static func fill(
    _ slot: Slot, _ site: Site, _ writer: borrowing CodeWriter
  ) throws(Errno) -> UInt8 {
    var code: (UInt64, UInt64, UInt64, UInt64, UInt64, UInt64, UInt64, UInt64) =
      (0, 0, 0, 0, 0, 0, 0, 0)
    let buffer = TargetMemory.address(of: &code)
    let answered = slot.encode(
      call: site.number, behind: site.address &+ 2, counter: counter(of: site), into: buffer)
    try writer.write(Slot.size, from: buffer, to: slot.start)
    return answered
  }

  /// The cell that leads to the counter of a site's call; 0 if nobody counts.
  private static func counter(of site: Site) -> UInt64 {
    guard Monitor.options & UInt32(SW_OPTION_COUNT) != 0 else { return 0 }
    let isKnown = SyscallNumber(rawValue: UInt64(site.number)).isKnown
    return Monitor.with { state in
      isKnown
        ? TargetMemory.address(of: &state.issuedCounter).rawValue
        : TargetMemory.address(of: &state.unknownCounter).rawValue
    }
  }

  /// Replaces the first bytes of a site's window, which are those of `old`, by those of `new`.
  ///
  /// If they are not, somebody else has written there, or the kernel has discarded the page, and they
  /// stay as they are.
  private static func exchange(
    _ number: UInt32, _ old: UInt64, by new: UInt64, ends state: Int32,
    _ writer: borrowing CodeWriter
  ) {
    let site = Sites.at(number) { $0 }
    Sites.at(number) { $0.state = UInt32(SW_SITE_PATCHING) }
    do throws(Errno) {
      try writer.open(page: site.start)
      if try holds(old, site, writer) {
        try write(new, site, isNew: state == SW_SITE_REWRITTEN, writer)
        Sites.at(number) { $0.state = UInt32(state) }
      } else {
        Sites.at(number) { $0.state = UInt32(SW_SITE_TRAPPING) }
      }
      try writer.close(page: site.start, rights: site.rights)
    } catch {
      // Nothing was changed: what fails does so at the first write.
      Sites.at(number) { $0.state = site.state }
    }
  }

  private static func holds(
    _ word: UInt64, _ site: Site, _ writer: borrowing CodeWriter
  ) throws(Errno) -> Bool {
    var bytes: UInt64 = 0
    try writer.read(length, from: site.start, to: TargetMemory.address(of: &bytes))
    let unused = 64 - 8 * length
    return bytes << unused == word << unused
  }

  private static func write(
    _ word: UInt64, _ site: Site, isNew: Bool, _ writer: borrowing CodeWriter
  ) throws(Errno) {
    var bytes = word
    var stop = halt
    let start = site.start
    let source = TargetMemory.address(of: &bytes)
    guard Sites.with({ $0.isShared }) != 0 else {
      return try writer.write(length, from: source, to: start)
    }
    try pass(isNew: isNew)
    try writer.write(1, from: TargetMemory.address(of: &stop), to: start)
    try pass(isNew: isNew)
    try writer.write(length - 1, from: source.advanced(by: 1), to: start + 1)
    try pass(isNew: isNew)
    try writer.write(1, from: source, to: start)
  }

  /// The target's own bytes go back even where the kernel refuses the barrier.
  private static func pass(isNew: Bool) throws(Errno) {
    if isNew { return try CodeBarrier.pass() }
    guard !Rewriting.isStopped else { return }
    do { try CodeBarrier.pass() } catch {}
  }
}

extension Site {
  /// Address of the first byte that is changed.
  var start: UInt64 { address &- UInt64(before) }

  /// Whether a byte of the site lies in a range.
  func lies(in range: AddressRange) -> Bool {
    address != 0 && start < range.end && range.start < address &+ 2
  }

  func isRewritten(in range: AddressRange) -> Bool {
    state == UInt32(SW_SITE_REWRITTEN) && lies(in: range)
  }
}
