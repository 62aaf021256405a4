// SPDX-License-Identifier: Apache-2.0 WITH Swift-exception
// How a site can be rewritten.

/// The ways to make a site of two bytes jump elsewhere, best first.
package enum RewriteWay: UInt8, CaseIterable, Sendable {
  /// The site stays as it is, and goes on to trap.
  case none = 0
  /// The `mov` of the number becomes the jump; the site's own bytes stay.
  case prefix = 1
  /// The site becomes a short jump to a long one in dead padding.
  case padding = 2
  /// The instructions before the site are moved, to make room for the jump.
  case before = 3
  /// Those after it are.
  case after = 4
  /// Those before and after it are.
  case around = 5

  package var name: String {
    switch self {
    case .none: "none"
    case .prefix: "prefix"
    case .padding: "padding"
    case .before: "before"
    case .after: "after"
    case .around: "around"
    }
  }
}

/// Why a site is left alone; the last hindrance that was met.
package enum Hindrance: UInt8, CaseIterable, Sendable {
  /// There is none.
  case none = 0
  /// The file has no section table, so what leads where is not known.
  case noSections = 1
  /// No control flow from a known entry leads there; it may be data.
  case unproven = 2
  /// The bytes are decoded in two ways.
  case conflict = 3
  /// A prefix in front of it.
  case prefixed = 4
  /// The kernel does not return behind it.
  case sysenter = 5
  /// A jump with unknown targets is in the same function.
  case unknownJump = 6
  /// Every window has a target in it, or an instruction that cannot be moved.
  case noWindow = 7

  package var explanation: String {
    switch self {
    case .none: ""
    case .noSections: "no section table: targets unknown"
    case .unproven: "no flow from a known entry leads here"
    case .conflict: "bytes decoded in two ways"
    case .prefixed: "has a prefix"
    case .sysenter: "sysenter does not return here"
    case .unknownJump: "a jump in the function has unknown targets"
    case .noWindow: "no 5 bytes without a target or a fixed instruction"
    }
  }
}
