// SPDX-License-Identifier: Apache-2.0 WITH Swift-exception
// Statistics as one JSON object for programs.

import EventLogHosted

/// An object that ends in a newline.
struct StatisticsJSON: CustomStringConvertible {
  let statistics: Statistics

  var description: String {
    let processes = statistics.processes.map { process in
      Self.object([
        ("pid", String(process.process)), ("parent", String(process.parent)),
        ("name", Self.string(process.name)), ("calls", Self.calls(process.counts)),
      ])
    }
    return Self.object([
      ("trap", Self.string(statistics.trap.rawValue)),
      ("dispatch", Self.string(statistics.dispatch.rawValue)), ("guard", Self.string("none")),
      ("processes", "[" + processes.joined(separator: ",") + "]"),
      ("calls", Self.calls(statistics.total)),
      ("departed", String(statistics.departed)),
    ]) + "\n"
  }

  private static func calls(_ counts: CallCounts) -> String {
    let ways = CallWay.all.map { ($0.name, String(counts.sum($0))) }
    let kinds = CallKind.all.map { ($0.name, String(counts.sum($0))) }
    return object([("total", String(counts.total))] + ways + kinds)
  }

  private static func object(_ members: [(String, String)]) -> String {
    "{" + members.map { string($0.0) + ":" + $0.1 }.joined(separator: ",") + "}"
  }

  /// - Source: RFC 8259, section 7.
  private static func string(_ text: String) -> String {
    let escaped = text.unicodeScalars.map { scalar in
      switch scalar {
      case "\"": "\\\""
      case "\\": "\\\\"
      case _ where scalar.value < 0x20:
        "\\u00" + (scalar.value < 16 ? "0" : "") + String(scalar.value, radix: 16)
      default: String(scalar)
      }
    }
    return "\"" + escaped.joined() + "\""
  }
}

extension CallWay {
  fileprivate var name: String {
    switch self {
    case .trap: "trap"
    case .seccomp: "seccomp"
    case .rewritten: "rewritten"
    }
  }
}

extension CallKind {
  fileprivate var name: String {
    switch self {
    case .issued: "issued"
    case .answered: "answered"
    case .i386: "int80"
    case .unknown: "unknown"
    }
  }
}
