// SPDX-License-Identifier: Apache-2.0 WITH Swift-exception
// The report as a chart for a paper: bars with intervals, on a logarithmic axis for each subject.

extension Report {
  /// A drawing that needs no font but the reader's own sans serif.
  ///
  /// Panels stand in two columns where there is more than one.
  package var svg: String {
    let columns = groups.count > 1 ? 2 : 1
    let panels = groups.map { Panel($0, reference: reference.name) }
    var elements: [String] = []
    var top = 70.0
    for start in stride(from: 0, to: panels.count, by: columns) {
      let row = panels[start..<min(start + columns, panels.count)]
      for (column, panel) in row.enumerated() {
        elements += panel.elements(left: Double(column) * Panel.width, top: top)
      }
      top += (row.map(\.height).max() ?? 0) + 18
    }
    let size = (width: Panel.width * Double(columns), height: top + 40)
    return SVG.document(width: size.width, height: size.height, header + elements + legend(top))
  }

  private var header: [String] {
    let title = "Cost of a call by way of interposition"
    let note = machine.line + (machine.hypervisor == nil ? "" : ", a virtual machine")
    return [
      SVG.text(title, x: 16, y: 26, size: 17, weight: "bold"),
      SVG.text(note, x: 16, y: 44, size: 11, color: "#555"),
      SVG.text(
        "Medians of \(rounds) rounds with 95 % intervals; logarithmic axes;"
          + " × is the ratio to \(reference.name)",
        x: 16, y: 59, size: 11, color: "#555"),
    ]
  }

  private func legend(_ top: Double) -> [String] {
    Way.Family.allCases.enumerated().flatMap { index, family in
      let left = 16 + Double(index) * 172
      return [
        SVG.rectangle(x: left, y: top + 6, width: 12, height: 12, color: family.color),
        SVG.text(family.title, x: left + 18, y: top + 16, size: 12),
      ]
    }
  }
}
