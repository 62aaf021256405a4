// SPDX-License-Identifier: Apache-2.0 WITH Swift-exception
// Jumps to slots for code that is too far from the monitor for one of its own.

internal import CShim
internal import LinuxABI

/// Pages of stubs, each within 2 GiB of the sites that jump there:
///
///     site: jmp stub  ->  stub: jmp *target  ->  slot
///                               target: address of the slot
///
/// Used under the lock of sites, but for `slot(at:)`.
enum NearStubs {
  private static var size: UInt64 { 16 }
  private static var targetOffset: UInt64 { 8 }
  /// How far a jump reaches, less a page.
  private static var reach: UInt64 { 0x7fff_e000 }
  /// Where room is looked for: this far apart, so often.
  private static var stride: UInt64 { 0x1_0000 }
  private static var attempts: UInt64 { 256 }
  /// Below this nothing is mapped, whatever the rights of the target: null pointers lead there.
  private static var bottom: UInt64 { 0x1_0000 }

  /// A stub for a site, which leads to its slot.
  static func make(
    for number: UInt32, in region: AddressRange, by writer: borrowing CodeWriter
  ) throws(Errno) -> UInt64 {
    let site = Sites.at(number) { $0 }
    let stub = site.stub != 0 ? site.stub : try place(near: site.address, region)
    // jmp *2(%rip), two bytes that are not reached, and the address.
    var code: (UInt64, UInt64) = (0xcccc_0000_0002_25ff, Slot(number).start)
    try writer.write(size, from: TargetMemory.address(of: &code), to: stub)
    Sites.at(number) { $0.stub = stub }
    return stub
  }

  /// The slot that the stub at an address leads to.
  static func slot(at address: UInt64) -> Slot? {
    guard holds(AddressRange(Page.down(address), length: Page.size)), address % size == 0
    else { return nil }
    return Slot(containing: OwnMemory.word(at: TargetAddress(address + targetOffset)))
  }

  /// Whether a range has stubs.
  static func holds(_ range: AddressRange) -> Bool {
    for index in 0..<Sites.with({ $0.stubPages }) {
      let page = Sites.stubPage(index) { $0.address }
      if page < range.end, range.start < page + Page.size, page != 0 { return true }
    }
    return false
  }

  /// Forgets the pages of a range, which the target uses otherwise now.
  static func forget(_ range: AddressRange) {
    for index in 0..<Sites.with({ $0.stubPages }) {
      Sites.stubPage(index) { page in
        if page.address < range.end, range.start < page.address + Page.size { page = sw_stubs() }
      }
    }
    Sites.each { number in
      Sites.at(number) { site in
        if site.stub >= range.start, site.stub < range.end { site.stub = 0 }
      }
    }
  }

  private static func place(near site: UInt64, _ region: AddressRange) throws(Errno) -> UInt64 {
    let count = Sites.with { $0.stubPages }
    for index in 0..<count {
      let stub = Sites.stubPage(index) { page in
        guard page.address != 0, isNear(page.address, site), page.used < Page.size / size
        else { return UInt64(0) }
        page.used += 1
        return page.address + (page.used - 1) * size
      }
      if stub != 0 { return stub }
    }
    guard count < UInt32(SW_STUB_PAGES) else { throw .noMemory }
    let page = try map(near: site, region)
    Sites.stubPage(count) { $0 = sw_stubs(address: page, used: 1) }
    Sites.with { $0.stubPages = count + 1 }
    return page
  }

  private static func isNear(_ page: UInt64, _ site: UInt64) -> Bool {
    (page > site ? page - site : site - page) < reach
  }

  /// Maps a page below the code, where no heap grows, or else above it.
  private static func map(near site: UInt64, _ region: AddressRange) throws(Errno) -> UInt64 {
    for step in 1...attempts {
      let below = region.start &- step &* stride
      guard below >= bottom, below < region.start else { break }
      if let page = try? map(at: below) { return page }
    }
    for step in 1...attempts {
      let above = region.end &+ step &* (stride << 8)
      guard isNear(above, site) else { break }
      if let page = try? map(at: above) { return page }
    }
    throw .noMemory
  }

  private static func map(at address: UInt64) throws(Errno) -> UInt64 {
    let kind = MapFlags.copied | MapFlags.anonymous | MapFlags.fixedNoReplace
    let access = MapFlags.read | MapFlags.execute
    return UInt64(
      try Kernel.attempt(
        .mmap, Int(bits: Page.down(address)), Int(bits: Page.size), access, kind, -1, 0))
  }
}
