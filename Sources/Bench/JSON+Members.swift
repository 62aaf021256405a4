// SPDX-License-Identifier: Apache-2.0 WITH Swift-exception
// Looking into JSON values.

internal import Doctor

extension JSON {
  /// A member of an object; nil for anything else.
  subscript(name: String) -> JSON? {
    guard case .object(let members) = self else { return nil }
    return members.first { $0.0 == name }?.1
  }

  var string: String? { if case .string(let value) = self { value } else { nil } }
  var array: [JSON]? { if case .array(let values) = self { values } else { nil } }

  var real: Double? {
    switch self {
    case .real(let value): value
    case .number(let value): Double(value)
    default: nil
    }
  }
}
