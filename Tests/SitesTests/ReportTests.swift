// SPDX-License-Identifier: Apache-2.0 WITH Swift-exception
// What is shown of sites.

import Foundation
import Testing

@testable import Sites

@Suite struct ReportTests {
  let report: SiteReport

  init() throws {
    let program = try Program("mov $39, %eax; syscall; mov %edi, %eax; syscall; ret; .nops 8")
    report = try SiteReport(path: "a\"b", file: program.bytes, cache: nil) { _ in }
  }

  @Test func `the table names function, number, way and totals`() {
    let lines = report.text.split(separator: "\n")
    #expect(lines.count == 5)
    #expect(lines[2].contains("_start+0x5") && lines[2].contains(" 39 "))
    #expect(lines[2].contains("prefix") && lines[2].contains("b8 27 00 00 00 0f 05"))
    #expect(lines[4].contains("prefix 1, padding 1"))
  }

  @Test func `JSON is what a parser takes`() throws {
    let object = try #require(
      try JSONSerialization.jsonObject(with: Data(report.json.utf8)) as? [String: Any])
    #expect(object["file"] as? String == "a\"b")
    let sites = try #require(object["sites"] as? [[String: Any]])
    #expect(sites.map { $0["number"] as? Int } == [39, nil])
    #expect(sites.map { $0["way"] as? String } == ["prefix", "padding"])
  }

  @Test func `the disassembly marks the site and what is changed`() throws {
    let site = report.plan.sites[0]
    let text = try report.disassembly(.place(site.address + 1))
    let lines = text.split(separator: "\n")
    #expect(lines.contains { $0.hasPrefix(" *") && $0.hasSuffix("movl $0x27, %eax") })
    #expect(lines.contains { $0.hasPrefix(">|") && $0.hasSuffix("syscall") })
    #expect(try report.disassembly(.place(UInt64(site.offset))) == text)
    #expect(try report.disassembly(.place(1)).isEmpty)
  }

  @Test(arguments: [
    ("all", SiteChoice.all), ("0x1F", .place(31)), ("12", .place(12)), ("x", nil), ("-1", nil),
  ])
  func `places are numbers or all`(text: String, expected: SiteChoice?) {
    #expect(SiteChoice(text) == expected)
  }
}
