// SPDX-License-Identifier: Apache-2.0 WITH Swift-exception
// Sites as JSON, for programs.

extension SiteReport {
  /// One object, without a newline.
  package var json: String {
    JSONText.object([
      ("file", JSONText.string(path)), ("identity", JSONText.string("\(plan.identity)")),
      ("size", String(plan.fileSize)),
      ("ways", Self.counts(RewriteWay.allCases.map { ($0.name, plan.count($0)) })),
      (
        "notInstructions",
        Self.counts(SiteKind.allCases.map { ($0.name, plan.strays[$0] ?? 0) })
      ),
      ("sites", JSONText.array(plan.sites.map(object))),
    ])
  }

  /// The object for a file that has no report.
  package static func json(path: String, error: SitesError) -> String {
    JSONText.object([
      ("file", JSONText.string(path)), ("error", JSONText.string(error.description)),
    ])
  }

  private static func counts(_ counts: [(String, Int)]) -> String {
    JSONText.object(counts.map { ($0.0, String($0.1)) })
  }

  private func object(_ site: Site) -> String {
    JSONText.object([
      ("offset", String(site.offset)), ("address", String(site.address)),
      ("function", JSONText.string(function(site))), ("kind", JSONText.string(site.kind.name)),
      ("number", site.number.map(String.init) ?? "null"),
      ("way", JSONText.string(site.way.name)), ("before", String(site.before)),
      ("after", String(site.after)),
      ("padding", site.padding == 0 ? "null" : String(site.padding)),
      ("bytes", JSONText.string(Self.hex(site.original))),
      ("crossesLine", String(site.crossesLine)), ("crossesPage", String(site.crossesPage)),
      ("proof", JSONText.string(proof(site))),
    ])
  }
}
