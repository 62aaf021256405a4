// SPDX-License-Identifier: Apache-2.0 WITH Swift-exception
// Whether a ratio has grown by more than it may.

import Testing

@testable import Bench

@Suite struct ComparisonTests {
  private func baseline(run: Double) throws -> Baseline {
    try Baseline(Sample.report([Sample.group(run: run)]).json, path: "base.json")
  }

  private func compare(
    run: Double, with before: Double, control: [Double] = [10, 10, 10], threshold: Double = 0.1
  ) throws -> Comparison {
    try Comparison(
      Sample.report([Sample.group(control: control, run: run)]), baseline(run: before),
      threshold: threshold)
  }

  @Test func `growth beyond the threshold is told and named`() throws {
    let comparison = try compare(run: 180, with: 150)
    #expect(!comparison.isPassed)
    #expect(comparison.changes.filter(\.isExceeded).map(\.way) == ["run"])
    #expect(comparison.text.contains("+20.0 %"))
    #expect(comparison.text.contains("1 of 2 ratios grew by more than 10.0 %"))
  }

  @Test func `growth below the threshold passes`() throws {
    #expect(try compare(run: 160, with: 150).isPassed)
    #expect(try compare(run: 180, with: 150, threshold: 0.25).isPassed)
  }

  @Test func `growth within the noise passes`() throws {
    #expect(try compare(run: 180, with: 150, control: [13, 13, 13]).isPassed)
  }

  @Test func `growth of which the intervals overlap passes`() throws {
    #expect(try compare(run: 151.6, with: 150, threshold: 0).isPassed)
  }

  @Test func `what became faster passes`() throws {
    #expect(try compare(run: 100, with: 150).isPassed)
  }

  @Test func `a baseline with other calls and ways is refused`() throws {
    let other = try Baseline(Sample.report([Sample.command]).json, path: "base.json")
    #expect(throws: BenchError.nothingInCommon("base.json")) {
      try Comparison(Sample.report([Sample.group()]), other, threshold: 0.1)
    }
  }

  @Test(
    arguments: [
      ("{}", "no results"), ("{\"results\":[]}", "no reference"),
      ("{\"results\":[{}],\"reference\":\"native\"}", "results[0]"),
      ("", "offset 0: expected a value"), ("{\"a\":}", "offset 5: expected a value"),
      ("[1,2", "offset 4: expected ']'"), ("[1]x", "offset 3: expected the end"),
      ("\"a", "offset 2: expected '\"'"), ("{1:2}", "offset 1: expected '\"'"),
      ("\"\\u12\"", "offset 3: expected four hexadecimal digits"), ("1e999", "offset 0"),
      (String(repeating: "[", count: 100), "offset 64: expected less than 64 levels"),
    ])
  func `a file that is no baseline is told with the place and a hint`(text: String, error: String) {
    let thrown = #expect(throws: BenchError.self) { try Baseline(text, path: "x") }
    #expect(thrown?.description.hasPrefix("x: \(error)") == true)
    #expect(thrown?.description.contains("; give a file") == true)
  }

  @Test func `JSON is read as it was written`() throws {
    let text = "{\"a\":[1.5,true,null,\"\\u00e4\\n\\\"\"],\"b\":{}}"
    #expect(
      try JSONReader.read(" " + text + "\n").text == "{\"a\":[1.5,true,null,\"ä\\n\\\"\"],\"b\":{}}"
    )
  }
}
