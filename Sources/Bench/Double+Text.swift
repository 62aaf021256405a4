// SPDX-License-Identifier: Apache-2.0 WITH Swift-exception
// Numbers as text, without the library that a start-up would pay for.

import Glibc

extension Double {
  /// So many digits behind the point.
  func fixed(_ digits: Int) -> String {
    guard isFinite else { return "-" }
    let scale = (0..<digits).reduce(1.0) { power, _ in power * 10 }
    let scaled = (abs(self) * scale).rounded()
    guard scaled < 1e18 else { return "\(self)" }
    let whole = String(UInt64(scaled))
    let padded = String(repeating: "0", count: Swift.max(0, digits + 1 - whole.count)) + whole
    let sign = self < 0 && scaled > 0 ? "-" : ""
    guard digits > 0 else { return sign + padded }
    return sign + padded.dropLast(digits) + "." + padded.suffix(digits)
  }

  /// Three digits that count, none of them behind a value of a hundred or more.
  var threeDigits: String {
    switch abs(self) {
    case ..<9.995: fixed(2)
    case ..<99.95: fixed(1)
    default: fixed(0)
    }
  }

  /// Nanoseconds, in the unit that people would take.
  var duration: String {
    switch abs(self) {
    case ..<999.5: "\(threeDigits) ns"
    case ..<999_500: "\((self / 1e3).threeDigits) µs"
    case ..<999_500_000: "\((self / 1e6).threeDigits) ms"
    default: "\((self / 1e9).threeDigits) s"
    }
  }

  /// A ratio, as "×15.1".
  var times: String { "×" + threeDigits }

  /// A part of 1, as "1.3 %".
  var percent: String { (self * 100).fixed(1) + " %" }
}
