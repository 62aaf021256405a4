// SPDX-License-Identifier: Apache-2.0 WITH Swift-exception
// An earlier report, to compare with.

internal import Doctor

/// The ratios of an earlier report.
package struct Baseline: Sendable {
  struct Key: Hashable {
    let subject: String
    let way: String
  }

  /// For messages.
  let path: String
  let reference: String
  let ratios: [Key: Estimate]

  /// Reads what `--export-json` wrote.
  package static func read(_ path: String) throws(BenchError) -> Baseline {
    guard let text = text(of: path) else { throw .unreadable(path, "see ls -l \(path)") }
    return try Baseline(text, path: path)
  }

  package init(_ text: String, path: String) throws(BenchError) {
    let value: JSON
    do throws(JSONReader.Failure) {
      value = try JSONReader.read(text)
    } catch {
      throw .badJSON(path, offset: error.offset, expected: error.expected)
    }
    guard let results = value["results"]?.array else { throw .badBaseline(path, "no results") }
    guard let reference = value["reference"]?.string else {
      throw .badBaseline(path, "no reference: it may be hyperfine's own")
    }
    var ratios: [Key: Estimate] = [:]
    for (index, result) in results.enumerated() {
      guard let subject = result["subject"]?.string, let way = result["way"]?.string,
        let ratio = result["ratio"]?.real, let low = result["ratio_low"]?.real,
        let high = result["ratio_high"]?.real, ratio > 0
      else { throw .badBaseline(path, "results[\(index)] has no subject, way and ratio") }
      ratios[Key(subject: subject, way: way)] = Estimate(ratio, low, high)
    }
    self.path = path
    self.reference = reference
    self.ratios = ratios
  }
}
