// SPDX-License-Identifier: Apache-2.0 WITH Swift-exception
// The two forms of the report.

import Foundation
import Testing

@testable import Doctor

@Suite struct ReportTests {
  static let diagnoses = [
    Diagnosis(of: DiagnosisTests.perfect),
    Diagnosis(of: Kernel(settings: Settings(), outcomes: [:])),
    Diagnosis(of: .examined()),
  ]

  @Test(arguments: diagnoses.indices)
  func `no line is longer than 100 columns`(index: Int) {
    let lines = Self.diagnoses[index].text.split(separator: "\n")
    #expect(lines.allSatisfy { $0.count <= 100 && !$0.hasSuffix(" ") })
    #expect(lines.count > Feature.allCases.count)
  }

  @Test(arguments: diagnoses.indices)
  func `the JSON form is read back by another reader`(index: Int) throws {
    let diagnosis = Self.diagnoses[index]
    let value = try JSONSerialization.jsonObject(with: Data(diagnosis.json.utf8))
    let object = try #require(value as? [String: Any])
    #expect(object["engineRuns"] as? Bool == diagnosis.engineRuns)
    #expect((object["parts"] as? [Any])?.count == diagnosis.parts.count)
    #expect((object["features"] as? [Any])?.count == Feature.allCases.count)
  }

  @Test(arguments: ["plain", "a \"quote\"", "back\\slash", "line\nend", "bell\u{7}", "weir ≈"])
  func `text survives JSON`(text: String) throws {
    let bytes = Data(JSON.array([.string(text)]).text.utf8)
    #expect(try JSONSerialization.jsonObject(with: bytes) as? [String] == [text])
  }

  @Test func `columns are aligned and the last is wrapped`() {
    let long = Array(repeating: "word", count: 30).joined(separator: " ")
    let lines = Table([["a", "b", "short"], ["long", "b", long]]).lines
    #expect(lines[0] == "  a     b  short")
    #expect(lines[1].hasPrefix("  long  b  word word"))
    #expect(lines[2].hasPrefix("           word"))
  }
}
