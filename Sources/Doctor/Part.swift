// SPDX-License-Identifier: Apache-2.0 WITH Swift-exception
// A part of sysweir, what it needs of the kernel, and what it can do on this one.

/// How well a part of sysweir can work.
package enum State: String, Sendable {
  case ok, degraded, missing
}

/// The verdict on one part of sysweir.
package struct Part: Sendable {
  /// Stable name, for programs.
  package let name: String
  package let title: String
  package let needs: [Feature]
  package let state: State
  /// What will work, or why not, and what the user can do.
  package let reason: String

  /// A part that works if all it needs is there, and else is missing for the first lack.
  init(
    _ name: String, _ title: String, needs: [Feature], on kernel: Kernel,
    works: String, lacking: String
  ) {
    self.name = name
    self.title = title
    self.needs = needs
    if let lack = needs.first(where: { !kernel.has($0) }) {
      state = .missing
      reason = "\(lack.title.trimmed): \(kernel[lack].detail); \(lacking)"
    } else {
      state = .ok
      reason = works
    }
  }

  init(
    _ name: String, _ title: String, needs: [Feature] = [], _ state: State, _ reason: String
  ) {
    self.name = name
    self.title = title
    self.needs = needs
    self.state = state
    self.reason = reason
  }
}

extension String {
  /// Without the blanks that indent a title in the table.
  var trimmed: Substring { drop { $0 == " " } }
}
