// SPDX-License-Identifier: Apache-2.0 WITH Swift-exception
// From a file to its plan.

package import LinuxABIHosted

/// Makes plans, and keeps them.
package enum SitePlanner {
  /// The plan of a file that is in memory.
  ///
  /// Takes some hundred nanoseconds for each instruction, and about as much memory again as the
  /// file.
  /// - Throws: `SitesError` if it is no program or library for this machine, or damaged.
  package static func plan(file bytes: [UInt8]) throws(SitesError) -> SitePlan {
    try plan(Image(bytes))
  }

  static func plan(_ image: Image) throws(SitesError) -> SitePlan {
    let empty = try CodeMap(image)
    // With nothing that looks like a site, there is nothing to decode.
    var finder = SiteFinder()
    guard finder.hasCandidates(image, empty) else { return plan(image, finder, []) }
    let evidence = try Evidence(image, empty)
    var traversal = try Traversal(image, empty, evidence)
    traversal.run()
    var map = traversal.takeMap()
    var decoder = try Decoder()
    try finder.find(image, map, &decoder)
    let offsets = finder.sites.filter { $0.hindrance == .none }.map(\.offset)
    try Watch(image, map).mark(&map, sites: offsets)
    var chooser = try WayChooser(traversal, map, finder.sites)
    chooser.choose()
    return plan(image, finder, chooser.sites)
  }

  private static func plan(_ image: Image, _ finder: SiteFinder, _ sites: [Site]) -> SitePlan {
    SitePlan(
      identity: FileIdentity(image), fileSize: image.bytes.count, sites: sites,
      strays: finder.strays)
  }

  /// The plan of a file, from the cache if it is there.
  ///
  /// - Parameters:
  ///   - cache: nil to make the plan in any case and keep it nowhere.
  ///   - unkept: Called if a new plan could not be kept, which does no other harm.
  package static func plan(
    file bytes: [UInt8], cache: PlanCache?, unkept: (Errno) -> Void = { _ in }
  ) throws(SitesError) -> SitePlan {
    let image = try Image(bytes)
    guard let cache else { return try plan(image) }
    let identity = FileIdentity(image)
    if let kept = SitePlan.load(identity, fileSize: bytes.count, from: cache), fits(kept, image) {
      return kept
    }
    let plan = try plan(image)
    do throws(Errno) { try cache.write(plan) } catch { unkept(error) }
    return plan
  }

  /// Whether the bytes that a plan expects are in the file.
  private static func fits(_ plan: SitePlan, _ image: Image) -> Bool {
    plan.sites.allSatisfy { image.bytes[$0.window].elementsEqual($0.original) }
  }

  /// The bytes of a file.
  package static func read(_ path: [UInt8]) throws(SitesError) -> [UInt8] {
    do throws(Errno) {
      return try FileSystem.contents(of: path, limit: Image.sizeLimit)
    } catch {
      if error == .invalid { throw .notRegular }
      throw .unreadable(error)
    }
  }
}
