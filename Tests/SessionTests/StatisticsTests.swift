// SPDX-License-Identifier: Apache-2.0 WITH Swift-exception
// The form of statistics.

import EventLogHosted
import Foundation
import Testing

@testable import Session

@Suite struct StatisticsTests {
  static let statistics = Statistics(
    trap: .seccomp,
    processes: [
      ProcessStatistics(
        process: 7, parent: 1, name: "sh", counts: CallCounts([1, 2, 3, 4])),
      ProcessStatistics(
        process: 12345, parent: 7, name: "a\"b",
        counts: CallCounts(Array(repeating: 100, count: 12))),
    ])

  @Test func `a table is aligned and ends in the sum`() {
    #expect(
      StatisticsTable(statistics: Self.statistics).description == """
        sysweir: trap: seccomp, dispatch: trap, guard: none (no policy)
          pid  calls  trap  seccomp  rewritten  answered  int80  unknown  name
            7     10    10        0          0         2      3        4  sh
        12345   1200   400      400        400       300    300      300  a"b
          all   1210   410      400        400       302    303      304

        """)
  }

  @Test func `a table tells of processes that went out of reach`() {
    var statistics = Self.statistics
    statistics.departed = 1
    let table = StatisticsTable(statistics: statistics).description
    #expect(table.contains("sysweir: not counted: what 1 process did after an exec as another"))
    #expect(table.hasSuffix("reach\n"))
    statistics.departed = 2
    #expect(StatisticsTable(statistics: statistics).description.contains("what 2 processes did"))
    #expect(StatisticsJSON(statistics: statistics).description.contains("\"departed\":2"))
  }

  @Test func `JSON has the same numbers`() throws {
    let text = StatisticsJSON(statistics: Self.statistics).description
    let object = try #require(
      try JSONSerialization.jsonObject(with: Data(text.utf8)) as? [String: Any])
    #expect(object["trap"] as? String == "seccomp")
    #expect(object["guard"] as? String == "none")
    let processes = try #require(object["processes"] as? [[String: Any]])
    #expect(processes.map { $0["pid"] as? Int } == [7, 12345])
    #expect(processes.map { $0["name"] as? String } == ["sh", "a\"b"])
    let calls = try #require(object["calls"] as? [String: Int])
    #expect(
      calls == [
        "total": 1210, "trap": 410, "seccomp": 400, "rewritten": 400, "issued": 301,
        "answered": 302, "int80": 303, "unknown": 304,
      ])
  }

  @Test func `go to standard error`() {
    let finished = Workbench.run(
      ["--stats", "echo", "a"], environment: ["STANDIN_COUNTS": "1"])
    #expect(finished.output == "a\n")
    #expect(
      finished.errors.contains("78    10       26         42        18     21       24  standin"))
  }

  @Test func `go to a file`() throws {
    let path = try Workbench.subfolder() + "/statistics"
    let finished = Workbench.run(["--json", "--stats=\(path)", "echo"])
    #expect(finished.errors == "")
    #expect(try String(contentsOfFile: path, encoding: .utf8).hasPrefix("{\"trap\":"))
  }

  @Test func `are refused before the command runs if the file cannot be`() {
    let finished = Workbench.run(["--stats=/no/file", "echo", "a"])
    #expect(finished.status == .exited(125))
    #expect(finished.output == "")
  }
}
