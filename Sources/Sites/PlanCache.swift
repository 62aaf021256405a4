// SPDX-License-Identifier: Apache-2.0 WITH Swift-exception
// Where plans are kept between runs.

package import LinuxABIHosted

/// A folder with a plan in a file for each identity.
package struct PlanCache: Sendable {
  /// Its path; nil if the environment names no place for it.
  let folder: [UInt8]?

  /// A cache in `$XDG_CACHE_HOME/sysweir/plans`, or below `~/.cache`.
  ///
  /// - Source: XDG Base Directory Specification: relative paths are to be ignored.
  package static func standard() -> PlanCache {
    if let cache = FileSystem.environment("XDG_CACHE_HOME"), cache.first == UInt8(ascii: "/") {
      return PlanCache(folder: cache + Array("/sysweir/plans".utf8))
    }
    guard let home = FileSystem.environment("HOME"), home.first == UInt8(ascii: "/") else {
      return PlanCache(folder: nil)
    }
    return PlanCache(folder: home + Array("/.cache/sysweir/plans".utf8))
  }

  package init(folder: [UInt8]?) { self.folder = folder }

  /// The bytes kept for an identity, if they can be read; their form is for the caller to check.
  func read(_ identity: FileIdentity) -> [UInt8]? {
    guard let folder else { return nil }
    // A plan that cannot be read is made again, so why does not matter.
    return try? FileSystem.contents(of: path(folder, identity), limit: 128 << 20)
  }

  /// Keeps a plan; readers see the old one or the new one whole.
  ///
  /// - Throws: What the kernel says; the cache is then as before.
  package func write(_ plan: SitePlan) throws(Errno) {
    guard let folder else { throw .noEntry }
    try FileSystem.makeFolders(folder)
    try FileSystem.replace(path(folder, plan.identity), with: plan.bytes)
  }

  private func path(_ folder: [UInt8], _ identity: FileIdentity) -> [UInt8] {
    folder + Array("/\(identity).plan".utf8)
  }
}
