// SPDX-License-Identifier: Apache-2.0 WITH Swift-exception
// As much of JSON as a report needs, without the library that a start-up would pay for.

/// A value of a report; members keep their order.
package indirect enum JSON: Sendable {
  case null
  case bool(Bool)
  case number(UInt64)
  /// Shown as null if it is not finite, for which JSON has no word.
  case real(Double)
  case string(String)
  case array([JSON])
  case object([(String, JSON)])

  /// The text, on one line.
  ///
  /// - Source: RFC 8259.
  package var text: String {
    switch self {
    case .null: "null"
    case .bool(let value): value ? "true" : "false"
    case .number(let value): "\(value)"
    case .real(let value): value.isFinite ? "\(value)" : "null"
    case .string(let value): JSON.quoted(value)
    case .array(let values): "[" + values.map(\.text).joined(separator: ",") + "]"
    case .object(let members):
      "{"
        + members.map { JSON.quoted($0.0) + ":" + $0.1.text }.joined(separator: ",")
        + "}"
    }
  }

  static func quoted(_ text: String) -> String {
    "\"" + text.unicodeScalars.map(escaped).joined() + "\""
  }

  private static func escaped(_ scalar: Unicode.Scalar) -> String {
    switch scalar {
    case "\"": return "\\\""
    case "\\": return "\\\\"
    case "\n": return "\\n"
    case let control where control.value < 0x20:
      let digits = String(control.value, radix: 16)
      return "\\u" + String(repeating: "0", count: 4 - digits.count) + digits
    default: return String(scalar)
    }
  }
}
