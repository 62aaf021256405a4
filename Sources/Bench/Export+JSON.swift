// SPDX-License-Identifier: Apache-2.0 WITH Swift-exception
// The report for programs: hyperfine's keys, and our own beside them.

internal import Doctor

extension Report {
  /// The version of this format, in case that it changes.
  static let formatVersion: UInt64 = 1

  /// One object; times are in seconds, as hyperfine has them.
  package var json: String {
    JSON.object([
      ("results", .array(groups.flatMap { group in group.rows.map { value($0, group) } })),
      ("format", .string("sysweir bench")), ("version", .number(Report.formatVersion)),
      ("reference", .string(reference.name)), ("rounds", .number(UInt64(rounds))),
      ("machine", .string(machine.line)),
      ("warnings", .array(machine.warnings.map { .string($0) })),
      (
        "noise_floor",
        .object(groups.map { ($0.subject.name, .real($0.noiseFloor)) })
      ),
      ("not_measured", .array(omissions.map { .string($0) })),
    ]).text + "\n"
  }

  private func value(_ row: Row, _ group: Group) -> JSON {
    .object([
      ("command", .string("\(row.way.name): \(group.subject.name)")),
      ("mean", seconds(row.mean)), ("stddev", seconds(row.standardDeviation)),
      ("median", seconds(row.median.value)),
      ("user", row.processor.map { seconds($0.user) } ?? .null),
      ("system", row.processor.map { seconds($0.system) } ?? .null),
      ("min", seconds(row.least)), ("max", seconds(row.most)),
      ("times", .array(row.times.map(seconds))),
      ("way", .string(row.way.name)), ("subject", .string(group.subject.name)),
      ("median_low", seconds(row.median.low)), ("median_high", seconds(row.median.high)),
      ("ratio", .real(row.ratio.value)), ("ratio_low", .real(row.ratio.low)),
      ("ratio_high", .real(row.ratio.high)),
      ("samples", .number(UInt64(row.batches.count))), ("outliers", .number(UInt64(row.outliers))),
      ("verdict", row.verdict.map { .string($0.rawValue) } ?? .null),
    ])
  }

  private func seconds(_ nanoseconds: Double) -> JSON { .real(nanoseconds / 1e9) }
}
