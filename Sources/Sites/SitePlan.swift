// SPDX-License-Identifier: Apache-2.0 WITH Swift-exception
// The plan of a file: its sites and how each can be rewritten.

/// All that the rewriting of a file needs to know, the same wherever it is loaded.
package struct SitePlan: Equatable, Sendable {
  package internal(set) var identity: FileIdentity
  /// Bytes of the file.
  package internal(set) var fileSize: Int
  /// By offset in the file.
  package internal(set) var sites: [Site]
  /// Pairs of bytes in executable segments that look like a site and are none.
  package internal(set) var strays: [SiteKind: Int]

  /// How many sites are rewritten in a way.
  package func count(_ way: RewriteWay) -> Int { sites.count { $0.way == way } }

  /// The plan that a cache has of a file, or nil if it has none that fits.
  package static func load(
    _ identity: FileIdentity, fileSize: Int, from cache: PlanCache
  ) -> SitePlan? {
    guard let bytes = cache.read(identity) else { return nil }
    return SitePlan(bytes, identity: identity, fileSize: fileSize)
  }
}
