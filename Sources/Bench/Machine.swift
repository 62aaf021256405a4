// SPDX-License-Identifier: Apache-2.0 WITH Swift-exception
// The machine that is measured on, and what about it disturbs measurements.

internal import Doctor

/// What a measurement depends on besides the program.
package struct Machine: Sendable {
  package var kernel = ""
  package var processor = ""
  package var cores = 0
  /// The core that calls are measured on; nil if wherever the kernel puts them.
  package var core: Int?
  /// Of the last minute.
  package var load = 0.0
  /// How the processor's frequency is governed; nil if nothing tells.
  package var governor: String?
  /// The virtual machine's name, or "unnamed"; nil on real hardware.
  package var hypervisor: String?
  /// Whether the processor's counter runs evenly.
  package var hasSteadyCounter = true

  package init() {}

  /// What could make the figures worse than they look.
  package var warnings: [String] {
    var lines: [String] = []
    if let governor, governor != "performance" {
      lines.append("the frequency governor is '\(governor)': set it to 'performance'")
    }
    if let hypervisor {
      lines.append("a virtual machine (\(hypervisor)): others may take its time unseen")
    }
    if load > 0.5 {
      lines.append("the load average is \(load.fixed(1)) before anything began: end other work")
    }
    if !hasSteadyCounter {
      lines.append("the processor's counter does not run evenly: times may be wrong")
    }
    return lines
  }

  /// One line: kernel, processor, cores, load.
  package var line: String {
    let place = core.map { ", measured on core \($0)" } ?? ""
    return "Linux \(kernel), \(processor), \(cores) cores, load \(load.fixed(2))\(place)"
  }
}
