// SPDX-License-Identifier: Apache-2.0 WITH Swift-exception
// The ways in which calls are interposed on.

internal import Doctor

/// A way to interpose on calls, native being the way without.
package struct Way: Sendable {
  /// Who does it, which is also the colour in a chart.
  enum Family: String, Sendable, CaseIterable {
    case native, kernel, library, tracer, sysweir
  }

  /// How the measured code is made to go this way.
  enum Launch: Sendable, Equatable {
    /// The probe arms itself; its word for the way is the way's name.
    case probe
    /// Another command is put in front of a native probe, or of a whole command.
    case around(Tool, [String])
    /// Our library, loaded into a dynamic program, measures from there.
    case preload
  }

  /// A command that may be put in front.
  enum Tool: String, Sendable {
    case sysweir, strace
  }

  package let name: String
  package let title: String
  let family: Family
  let launch: Launch
  /// What the kernel must have; without it, the way is left out.
  var needs: [Feature] = []
  /// The calls that it cannot be measured on, and why.
  var excluded: [Call: String] = [:]
  /// Whether a whole command can be run in this way.
  var takesCommands = false

  /// Why it cannot run on a kernel, or nil if it can.
  func obstacle(on kernel: Kernel) -> String? {
    guard let missing = needs.first(where: { !kernel.has($0) }) else { return nil }
    return "\(missing.title): \(kernel[missing].detail)"
  }
}
