// SPDX-License-Identifier: Apache-2.0 WITH Swift-exception
// Sets of flags without array literals, which would need an allocator.

/// A set of flags; what `OptionSet` is where allocation is at hand.
package protocol FlagSet: Equatable, Sendable {
  associatedtype Bits: FixedWidthInteger
  var rawValue: Bits { get }
  init(rawValue: Bits)
}

extension FlagSet {
  package static var none: Self { Self(rawValue: 0) }

  package var isEmpty: Bool { rawValue == 0 }

  package func contains(_ other: Self) -> Bool { rawValue & other.rawValue == other.rawValue }

  package func intersects(_ other: Self) -> Bool { rawValue & other.rawValue != 0 }

  package func union(_ other: Self) -> Self { Self(rawValue: rawValue | other.rawValue) }

  package func intersection(_ other: Self) -> Self { Self(rawValue: rawValue & other.rawValue) }

  package func subtracting(_ other: Self) -> Self { Self(rawValue: rawValue & ~other.rawValue) }
}
