// SPDX-License-Identifier: Apache-2.0 WITH Swift-exception
// The part of a chart that shows one subject.

/// Bars for the ways of a subject.
struct Panel {
  static let width = 520.0
  private static let labels = 116.0
  private static let values = 108.0
  private static let barHeight = 13.0
  private static let pitch = 19.0
  private static let head = 26.0

  private let group: Group
  private let reference: String
  private let scale: LogScale

  init(_ group: Group, reference: String) {
    self.group = group
    self.reference = reference
    scale = LogScale(
      holding: group.rows.flatMap { [$0.median.low, $0.median.value, $0.median.high] },
      width: Panel.width - Panel.labels - Panel.values - 16)
  }

  private var bars: Double { Double(group.rows.count) * Panel.pitch }
  var height: Double { Panel.head + bars + 24 }

  func elements(left: Double, top: Double) -> [String] {
    let axis = left + Panel.labels
    let first = top + Panel.head
    return [SVG.text(shortTitle, x: left + 16, y: top + 14, size: 13, weight: "bold")]
      + grid(axis, first)
      + group.rows.enumerated().flatMap { index, row in
        bar(row, left: left, axis: axis, top: first + Double(index) * Panel.pitch)
      }
  }

  private var shortTitle: String {
    let title = group.subject.title
    return title.count > 64 ? title.prefix(63) + "…" : title
  }

  private func grid(_ axis: Double, _ top: Double) -> [String] {
    let bottom = top + bars
    let fine = scale.lines.map {
      SVG.line(axis + scale.place($0), top, axis + scale.place($0), bottom, color: "#eee")
    }
    let coarse = scale.labels.flatMap { value in
      let x = axis + scale.place(value)
      return [
        SVG.line(x, top, x, bottom + 4, color: "#bbb"),
        SVG.text(value.tick, x: x, y: bottom + 16, size: 11, color: "#555", anchor: "middle"),
      ]
    }
    let base = SVG.line(axis, top, axis, bottom, color: "#bbb")
    return fine + coarse + [base]
  }

  private func bar(_ row: Row, left: Double, axis: Double, top: Double) -> [String] {
    let middle = top + Panel.pitch / 2
    let ends = (axis + scale.place(row.median.low), axis + scale.place(row.median.high))
    let ratio = row.verdict == nil ? "" : "  " + row.ratio.value.times
    var elements = [
      SVG.text(row.way.name, x: axis - 6, y: middle + 4, size: 12, anchor: "end"),
      SVG.rectangle(
        x: axis, y: middle - Panel.barHeight / 2, width: scale.place(row.median.value),
        height: Panel.barHeight, color: row.way.family.color),
      SVG.line(ends.0, middle, ends.1, middle, color: "#000"),
      SVG.text(
        row.median.value.duration + ratio, x: max(ends.1, axis) + 7, y: middle + 4, size: 11),
    ]
    for x in [ends.0, ends.1] {
      elements.append(SVG.line(x, middle - 3.5, x, middle + 3.5, color: "#000"))
    }
    return elements
  }
}

extension Double {
  /// 1, 2 or 5 times a power of ten of nanoseconds, as "10 µs".
  fileprivate var tick: String {
    switch self {
    case ..<0.99: "\(self) ns"
    case ..<999: "\(fixed(0)) ns"
    case ..<999_999: "\((self / 1e3).fixed(0)) µs"
    case ..<999_999_999: "\((self / 1e6).fixed(0)) ms"
    default: "\((self / 1e9).fixed(0)) s"
    }
  }
}
