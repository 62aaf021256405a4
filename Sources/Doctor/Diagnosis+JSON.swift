// SPDX-License-Identifier: Apache-2.0 WITH Swift-exception
// The diagnosis as programs read it.

extension Diagnosis {
  /// One object on one line: kernel, features, settings, parts, and whether the engine runs.
  package var json: String {
    JSON.object([
      ("kernel", kernelValue),
      ("features", .array(Feature.allCases.map(value))),
      ("settings", .object(kernel.settings.rows.map { ($0.name, $0.value) })),
      ("parts", .array(parts.map(value))),
      ("engineRuns", .bool(engineRuns)),
    ]).text
  }

  private var kernelValue: JSON {
    .object([
      ("release", .string(kernel.settings.release)),
      ("machine", .string(kernel.settings.machine)),
      ("uid", .number(UInt64(kernel.settings.userID))),
    ])
  }

  private func value(_ feature: Feature) -> JSON {
    .object([
      ("name", .string(feature.rawValue)),
      ("works", .bool(kernel.has(feature))),
      ("detail", .string(kernel[feature].detail)),
    ])
  }

  private func value(_ part: Part) -> JSON {
    .object([
      ("name", .string(part.name)),
      ("state", .string(part.state.rawValue)),
      ("reason", .string(part.reason)),
      ("needs", .array(part.needs.map { .string($0.rawValue) })),
    ])
  }
}
