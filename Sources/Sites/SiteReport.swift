// SPDX-License-Identifier: Apache-2.0 WITH Swift-exception
// What is shown of a file's sites.

/// A plan with the names of the functions that its sites are in.
package struct SiteReport {
  package let path: String
  package let plan: SitePlan
  let image: Image
  let functions: FunctionTable

  /// - Parameters:
  ///   - path: As the user gave it.
  ///   - cache: nil to make the plan anew.
  ///   - unkept: Called with the reason if the plan could not be kept.
  package init(
    path: String, file bytes: [UInt8], cache: PlanCache?, unkept: (String) -> Void
  ) throws(SitesError) {
    self.path = path
    plan = try SitePlanner.plan(file: bytes, cache: cache) { unkept($0.words) }
    image = try Image(bytes)
    // A file without sites needs no names.
    functions =
      plan.sites.isEmpty
      ? FunctionTable([]) : try Evidence(image, CodeMap(image)).functions
  }

  /// In words: what makes the way of a site safe, or what hinders it.
  func proof(_ site: Site) -> String {
    switch site.way {
    case .none: site.hindrance.explanation
    case .prefix: "mov of the number before it; no target inside"
    case .padding: "dead fill at \(site.padding > 0 ? "+" : "")\(site.padding)"
    case .before: "\(site.before) movable bytes before it; no target inside"
    case .after: "\(site.after) movable bytes after it; no target inside"
    case .around: "\(site.before) before, \(site.after) after are movable; no target inside"
    }
  }

  /// The function that a site is in, and how far from its start.
  func function(_ site: Site) -> String { functions.label(site.address) ?? "-" }

  static func hex(_ value: UInt64) -> String { "0x" + String(value, radix: 16) }

  static func hex(_ bytes: [UInt8]) -> String {
    bytes.map { ($0 < 16 ? "0" : "") + String($0, radix: 16) }.joined(separator: " ")
  }
}
