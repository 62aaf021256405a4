// SPDX-License-Identifier: Apache-2.0 WITH Swift-exception
// A plan as bytes, in the layout that both rings share.

import CLayout

extension SitePlan {
  private static let headSize = 128
  private static let rowSize = 64
  private static let identityRange = 24..<56
  private static let checksumOffset = 56

  /// The layout of `plan.h`.
  package var bytes: [UInt8] {
    var bytes: [UInt8] = []
    bytes.reserveCapacity(Self.headSize + sites.count * Self.rowSize)
    bytes.appendLittle(UInt32(SW_PLAN_MAGIC))
    bytes.appendLittle(UInt32(SW_PLAN_VERSION))
    bytes.appendLittle(UInt64(fileSize))
    bytes.appendLittle(UInt32(identity.bytes.count))
    bytes.appendLittle(UInt32(sites.count))
    bytes += identity.bytes
    bytes += [UInt8](repeating: 0, count: Self.checksumOffset - bytes.count)
    bytes.appendLittle(UInt64(0))
    for kind in SiteKind.allCases { bytes.appendLittle(UInt64(strays[kind] ?? 0)) }
    bytes += [UInt8](repeating: 0, count: Self.headSize - bytes.count)
    for site in sites { Self.append(site, to: &bytes) }
    var sum: [UInt8] = []
    sum.appendLittle(Self.checksum(bytes))
    bytes.replaceSubrange(Self.checksumOffset..<(Self.checksumOffset + 8), with: sum)
    return bytes
  }

  private static func append(_ site: Site, to bytes: inout [UInt8]) {
    bytes.appendLittle(UInt64(site.offset))
    bytes.appendLittle(site.address)
    bytes += [
      site.kind.rawValue, site.way.rawValue, UInt8(site.before), UInt8(site.after),
    ]
    bytes.appendLittle(Int16(site.padding))
    bytes.append(site.padding == 0 ? 0 : UInt8(Site.jumpSize))
    bytes.append(UInt8(site.original.count))
    bytes.appendLittle(site.number ?? .max)
    bytes.appendLittle(site.boundaries.reduce(UInt32(0)) { $0 | 1 << UInt32($1) })
    bytes += site.original
    bytes += [UInt8](repeating: 0, count: Site.windowLimit - site.original.count)
    let flags =
      (site.crossesLine ? SW_SITE_CROSSES_LINE : 0) | (site.crossesPage ? SW_SITE_CROSSES_PAGE : 0)
    bytes.append(UInt8(flags))
    bytes.append(site.hindrance.rawValue)
    bytes += [UInt8](repeating: 0, count: 6)
  }

  /// Reads a plan, or nil if it is not one of this version for that very file.
  ///
  /// The checksum is against accidents, not against whoever can write to the cache.
  package init?(_ bytes: [UInt8], identity: FileIdentity, fileSize: Int) {
    guard bytes.count >= Self.headSize,
      bytes.little(UInt32.self, at: 0) == UInt32(SW_PLAN_MAGIC),
      bytes.little(UInt32.self, at: 4) == UInt32(SW_PLAN_VERSION),
      bytes.little(UInt64.self, at: 8) == UInt64(fileSize),
      bytes.little(UInt32.self, at: 16) == UInt32(identity.bytes.count),
      bytes[Self.identityRange].prefix(identity.bytes.count).elementsEqual(identity.bytes)
    else { return nil }
    let count = Int(bytes.little(UInt32.self, at: 20))
    guard bytes.count == Self.headSize + count * Self.rowSize,
      bytes.little(UInt64.self, at: Self.checksumOffset) == Self.checksum(bytes)
    else { return nil }
    self.identity = identity
    self.fileSize = fileSize
    strays = [:]
    for kind in SiteKind.allCases {
      let found = bytes.little(UInt64.self, at: 64 + 8 * Int(kind.rawValue))
      guard found <= UInt64(fileSize) else { return nil }
      if found > 0 { strays[kind] = Int(found) }
    }
    sites = []
    for index in 0..<count {
      guard let site = Self.site(bytes, at: Self.headSize + index * Self.rowSize, fileSize),
        site.offset > sites.last?.offset ?? -1
      else { return nil }
      sites.append(site)
    }
  }

  private static func site(_ bytes: [UInt8], at row: Int, _ fileSize: Int) -> Site? {
    let offset = bytes.little(UInt64.self, at: row)
    guard offset < UInt64(fileSize), let kind = SiteKind(rawValue: bytes[row + 16]),
      let way = RewriteWay(rawValue: bytes[row + 17]),
      let hindrance = Hindrance(rawValue: bytes[row + 57])
    else { return nil }
    var site = Site(
      offset: Int(offset), address: bytes.little(UInt64.self, at: row + 8), kind: kind)
    site.way = way
    site.hindrance = hindrance
    site.before = Int(bytes[row + 18])
    site.after = Int(bytes[row + 19])
    site.padding = Int(bytes.little(Int16.self, at: row + 20))
    let length = Int(bytes[row + 23])
    guard length <= Site.windowLimit, length == site.window.count, site.window.lowerBound >= 0,
      site.window.upperBound <= fileSize
    else { return nil }
    let number = bytes.little(UInt32.self, at: row + 24)
    site.number = number == .max ? nil : number
    let starts = bytes.little(UInt32.self, at: row + 28)
    site.boundaries = (0..<length).filter { starts >> UInt32($0) & 1 == 1 }
    site.original = Array(bytes[(row + 32)..<(row + 32 + length)])
    return site
  }

  /// FNV-1a of 64 bits, with 0 in place of the checksum.
  ///
  /// - Source: Fowler, Noll, Vo; draft-eastlake-fnv.
  private static func checksum(_ bytes: [UInt8]) -> UInt64 {
    var sum: UInt64 = 0xcbf2_9ce4_8422_2325
    for (index, byte) in bytes.enumerated() {
      let isOwn = index >= checksumOffset && index < checksumOffset + 8
      sum = (sum ^ UInt64(isOwn ? 0 : byte)) &* 0x100_0000_01b3
    }
    return sum
  }
}
