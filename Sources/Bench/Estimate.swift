// SPDX-License-Identifier: Apache-2.0 WITH Swift-exception
// A value with the interval that it lies in.

/// A median and its confidence interval.
package struct Estimate: Equatable, Sendable {
  package let value: Double
  package let low: Double
  package let high: Double

  package init(_ value: Double, _ low: Double, _ high: Double) {
    self.value = value
    self.low = low
    self.high = high
  }

  func scaled(by factor: Double) -> Estimate {
    Estimate(value * factor, low * factor, high * factor)
  }
}
