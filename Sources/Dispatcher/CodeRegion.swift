// SPDX-License-Identifier: Apache-2.0 WITH Swift-exception
// What memory code lies in: only private mappings that nobody may write are changed.

internal import CShim
internal import LinuxABI

/// The kernel's struct procmap_query, of which only the first part is used.
///
/// - Source: `include/uapi/linux/fs.h`; Linux 6.11.
private struct MappingQuery: BitwiseCopyable {
  var size: UInt64 = 104
  var flags: UInt64 = 0
  var address: UInt64
  var start: UInt64 = 0
  var end: UInt64 = 0
  var permissions: UInt64 = 0
  var pageSize: UInt64 = 0
  var offset: UInt64 = 0
  var inode: UInt64 = 0
  var devices: UInt64 = 0
  var nameSizes: UInt64 = 0
  var nameAddress: UInt64 = 0
  var identityAddress: UInt64 = 0

  static var request: Int { 0xc068_6611 }
  static var readable: UInt64 { 1 }
  static var writable: UInt64 { 2 }
  static var executable: UInt64 { 4 }
  static var shared: UInt64 { 8 }

  /// What the region keeps: as `mprotect` takes them, the rights have the same bits.
  var fixedRights: UInt64 {
    let decisive = permissions & (Self.executable | Self.writable | Self.shared)
    return decisive == Self.executable ? permissions & (Self.executable | Self.readable) : 0
  }
}

/// Ranges of memory that were asked about and have not changed since. Used under the lock of sites.
enum CodeRegions {
  /// The mapping that an address lies in, if its code may be changed in this process's copy.
  static func changeable(_ address: UInt64, by writer: borrowing CodeWriter) -> sw_region? {
    for index in 0..<Sites.with({ $0.regionCount }) {
      let region = Sites.region(index) { $0 }
      if address >= region.start, address < region.end {
        return region.rights == 0 ? nil : region
      }
    }
    guard let region = ask(about: address, writer) else { return nil }
    keep(region)
    return region.rights == 0 ? nil : region
  }

  private static func ask(
    about address: UInt64, _ writer: borrowing CodeWriter
  ) -> sw_region? {
    var query = MappingQuery(address: address)
    if writer.ask(&query, MappingQuery.request) {
      return sw_region(start: query.start, end: query.end, rights: query.fixedRights)
    }
    guard let line = MapsText.find(address, in: writer) else { return nil }
    return sw_region(start: line.start, end: line.end, rights: line.fixedRights)
  }

  /// Forgets what is known of a range that is about to change.
  static func forget(_ range: AddressRange) {
    for index in 0..<Sites.with({ $0.regionCount }) {
      Sites.region(index) { if $0.overlaps(range) { $0 = sw_region() } }
    }
  }

  /// Whether anything in a range was asked about.
  static func knows(_ range: AddressRange) -> Bool {
    for index in 0..<Sites.with({ $0.regionCount }) {
      if Sites.region(index, { $0.overlaps(range) }) { return true }
    }
    return false
  }

  private static func keep(_ region: sw_region) {
    let index = Sites.with { $0.nextRegion } % UInt32(SW_REGIONS)
    Sites.region(index) { $0 = region }
    Sites.with { state in
      state.nextRegion = index + 1
      state.regionCount = max(state.regionCount, index + 1)
    }
  }
}

extension sw_region {
  var range: AddressRange { AddressRange(start: start, end: end) }

  fileprivate func overlaps(_ range: AddressRange) -> Bool {
    start < range.end && range.start < end
  }
}
