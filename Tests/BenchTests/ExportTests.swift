// SPDX-License-Identifier: Apache-2.0 WITH Swift-exception
// The forms of the report, against files that were looked at once.

import Foundation
import FoundationXML
import Testing

@testable import Bench

@Suite struct ExportTests {
  static let report = Sample.report([Sample.group(), Sample.command])

  /// With WRITE_GOLDEN in the environment the files are written anew, to be looked at again.
  @Test(arguments: ["report.txt", "report.json", "report.csv", "report.md", "report.svg"])
  func `a report is what it was`(name: String) throws {
    let texts = [
      "report.txt": Self.report.text, "report.json": Self.report.json,
      "report.csv": Self.report.csv, "report.md": Self.report.markdown,
      "report.svg": Self.report.svg,
    ]
    let text = try #require(texts[name])
    let folder = URL(filePath: #filePath).deletingLastPathComponent().appending(path: "Golden")
    let file = folder.appending(path: name)
    if ProcessInfo.processInfo.environment["WRITE_GOLDEN"] != nil {
      try Data(text.utf8).write(to: file)
    }
    #expect(try String(contentsOf: file, encoding: .utf8) == text)
  }

  @Test func `other readers find hyperfine's keys, in seconds`() throws {
    let value = try JSONSerialization.jsonObject(with: Data(Self.report.json.utf8))
    let results = try #require((value as? [String: Any])?["results"] as? [[String: Any]])
    #expect(results.count == 5)
    let run = try #require(results.last)
    #expect((run["median"] as? Double)?.isNear(5.1e-3, within: 1e-6) == true)
    #expect((run["times"] as? [Double])?.count == 2)
    #expect((run["user"] as? Double)?.isNear(2e-3, within: 1e-9) == true)
    for key in ["command", "mean", "stddev", "system", "min", "max"] {
      #expect(run[key] != nil, "\(key)")
    }
  }

  @Test func `the chart is well-formed XML and names no font of its own`() {
    #expect(XMLParser(data: Data(Self.report.svg.utf8)).parse())
    #expect(Self.report.svg.contains("A &amp; B"))
    #expect(!Self.report.svg.contains("url("))
    #expect(Self.report.svg.components(separatedBy: "font-family").count == 2)
  }

  @Test func `cells with commas and quotes are quoted in CSV`() {
    #expect(Self.report.csv.contains("\"sh -c a <\"\"b\"\" | c, d\",native,"))
    let lines = Sample.report([Sample.group()]).csv.split(separator: "\n")
    #expect(
      Set(lines.map { $0.split(separator: ",", omittingEmptySubsequences: false).count }).count == 1
    )
  }

  @Test func `a way that was left out everywhere is named once`() {
    let twice = Sample.report([Sample.group(), Sample.group()])
    #expect(twice.omissions == ["ptrace: refused: EPERM"])
    #expect(Self.report.omissions == ["ptrace for getppid: refused: EPERM"])
  }
}
