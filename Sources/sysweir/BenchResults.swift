// SPDX-License-Identifier: Apache-2.0 WITH Swift-exception
// Where `sysweir bench` is to leave what it found.

import ArgumentParser
internal import Bench

struct BenchResults: ParsableArguments {
  @Option(help: ArgumentHelp("Write JSON with hyperfine's keys and more.", valueName: "file"))
  var exportJson: String?

  @Option(help: ArgumentHelp("Write comma-separated values.", valueName: "file"))
  var exportCsv: String?

  @Option(help: ArgumentHelp("Write a table in Markdown.", valueName: "file"))
  var exportMarkdown: String?

  @Option(help: ArgumentHelp("Write a chart.", valueName: "file"))
  var exportSvg: String?

  @Option(
    help: ArgumentHelp("Compare ratios with those of an exported JSON.", valueName: "file"))
  var compare: String?

  @Option(
    help: ArgumentHelp("The growth that --compare lets pass.", valueName: "percent"))
  var threshold = 10.0

  func validate() throws {
    guard threshold >= 0, threshold.isFinite else {
      throw ValidationError("--threshold is \(threshold): give 0 or more percent.")
    }
  }

  func export(_ report: Report) throws(BenchError) {
    if let exportJson { try write(report.json, to: exportJson) }
    if let exportCsv { try write(report.csv, to: exportCsv) }
    if let exportMarkdown { try write(report.markdown, to: exportMarkdown) }
    if let exportSvg { try write(report.svg, to: exportSvg) }
  }
}
