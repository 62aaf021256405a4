// SPDX-License-Identifier: Apache-2.0 WITH Swift-exception
// What the planner promises for any bytes at all.

package import Sites

/// Checks of one file; each answers with the promise that was broken, or nil.
package enum Promises {
  /// Plans the file, shows it, and reads the plan back.
  package static func broken(by file: [UInt8]) -> String? {
    do {
      let plan = try SitePlanner.plan(file: file)
      if let broken = broken(by: plan, of: file) { return broken }
      let bytes = plan.bytes
      guard SitePlan(bytes, identity: plan.identity, fileSize: file.count) == plan else {
        return "a plan is read as it was written"
      }
      // Any bytes at all may be where a plan should be.
      _ = SitePlan(file, identity: plan.identity, fileSize: file.count)
      let report = try SiteReport(path: "file", file: file, cache: nil) { _ in }
      guard !report.text.isEmpty, !report.json.isEmpty else { return "reports say something" }
      _ = try report.disassembly(.all)
      return nil
    } catch {
      return error.description.contains("; ") ? nil : "descriptions end in advice"
    }
  }

  /// What must hold of every plan.
  package static func broken(by plan: SitePlan, of file: [UInt8]) -> String? {
    for site in plan.sites {
      guard site.offset >= 0, site.offset + 2 <= file.count,
        file[site.offset..<(site.offset + 2)].elementsEqual(site.kind.bytes)
      else { return "sites are where their bytes are" }
      guard file[site.window].elementsEqual(site.original), site.original.count <= 24 else {
        return "windows hold the file's bytes"
      }
      guard (site.way == .none) != (site.hindrance == .none) else {
        return "a site has a way or a hindrance"
      }
      if let broken = brokenByWay(site, file) { return broken }
    }
    return brokenByOverlap(plan)
  }

  private static func brokenByWay(_ site: Site, _ file: [UInt8]) -> String? {
    switch site.way {
    case .none:
      return site.window.count == 2 ? nil : "a site without a way has no window"
    case .prefix:
      return site.before >= 5 && site.number != nil ? nil : "a prefix is a mov of the number"
    case .padding:
      guard (-126...129).contains(site.padding), site.padding != 0 else {
        return "a short jump reaches the padding"
      }
      let start = site.offset + site.padding
      return start >= 0 && start + 5 <= file.count ? nil : "padding is within the file"
    case .before, .after, .around:
      guard site.window.count >= 5, site.boundaries.first == 0 else {
        return "a window has room for a jump, and starts with an instruction"
      }
      return nil
    }
  }

  private static func brokenByOverlap(_ plan: SitePlan) -> String? {
    var used = plan.sites.map(\.window)
    for site in plan.sites where site.padding != 0 {
      used.append((site.offset + site.padding)..<(site.offset + site.padding + 5))
    }
    used.sort { $0.lowerBound < $1.lowerBound }
    for (lower, upper) in zip(used, used.dropFirst()) where lower.upperBound > upper.lowerBound {
      return "no two sites use the same bytes"
    }
    return nil
  }
}
