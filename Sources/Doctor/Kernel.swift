// SPDX-License-Identifier: Apache-2.0 WITH Swift-exception
// What one kernel offers, as it was found.

/// What the kernel under our feet offers: the trials' outcomes and the settings.
package struct Kernel: Sendable {
  package var settings: Settings
  private var outcomes: [Feature: Outcome]

  package init(settings: Settings, outcomes: [Feature: Outcome]) {
    self.settings = settings
    self.outcomes = outcomes
  }

  package subscript(feature: Feature) -> Outcome {
    get { outcomes[feature] ?? .untried }
    set { outcomes[feature] = newValue }
  }

  package func has(_ feature: Feature) -> Bool { self[feature].isWorking }

  /// Tries every feature and reads every setting; takes some milliseconds and a dozen children.
  package static func examined() -> Kernel {
    var outcomes: [Feature: Outcome] = [:]
    for feature in Feature.allCases { outcomes[feature] = Trial.outcome(of: feature) }
    return Kernel(settings: .read(), outcomes: outcomes)
  }
}
