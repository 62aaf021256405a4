// SPDX-License-Identifier: Apache-2.0 WITH Swift-exception
// The few elements that charts are made of.

/// Elements of Scalable Vector Graphics.
///
/// - Source: SVG 1.1, second edition.
enum SVG {
  static func document(width: Double, height: Double, _ elements: [String]) -> String {
    let size = "width=\"\(width.fixed(0))\" height=\"\(height.fixed(0))\""
    let box = "viewBox=\"0 0 \(width.fixed(0)) \(height.fixed(0))\""
    let lines =
      [
        "<svg xmlns=\"http://www.w3.org/2000/svg\" \(size) \(box) font-family=\"sans-serif\">",
        "<rect width=\"100%\" height=\"100%\" fill=\"#fff\"/>",
      ] + elements + ["</svg>"]
    return lines.map { $0 + "\n" }.joined()
  }

  static func text(
    _ text: String, x: Double, y: Double, size: Int, color: String = "#000",
    anchor: String? = nil, weight: String? = nil
  ) -> String {
    let more = [("text-anchor", anchor), ("font-weight", weight)].compactMap { name, value in
      value.map { " \(name)=\"\($0)\"" }
    }
    return "<text x=\"\(x.fixed(1))\" y=\"\(y.fixed(1))\" font-size=\"\(size)\" fill=\"\(color)\""
      + more.joined() + ">\(escaped(text))</text>"
  }

  static func rectangle(
    x: Double, y: Double, width: Double, height: Double, color: String
  ) -> String {
    "<rect x=\"\(x.fixed(1))\" y=\"\(y.fixed(1))\" width=\"\(width.fixed(1))\""
      + " height=\"\(height.fixed(1))\" fill=\"\(color)\"/>"
  }

  static func line(
    _ x1: Double, _ y1: Double, _ x2: Double, _ y2: Double, color: String
  ) -> String {
    "<line x1=\"\(x1.fixed(1))\" y1=\"\(y1.fixed(1))\" x2=\"\(x2.fixed(1))\" y2=\"\(y2.fixed(1))\""
      + " stroke=\"\(color)\"/>"
  }

  /// Text as XML has it; controls, which it has not, become blanks.
  static func escaped(_ text: String) -> String {
    text.unicodeScalars.map { scalar in
      switch scalar {
      case "&": "&amp;"
      case "<": "&lt;"
      case ">": "&gt;"
      case "\"": "&quot;"
      case let control where control.value < 0x20: " "
      default: String(scalar)
      }
    }.joined()
  }
}
