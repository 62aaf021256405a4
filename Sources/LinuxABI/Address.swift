// SPDX-License-Identifier: Apache-2.0 WITH Swift-exception
// Addresses of the target, told apart from other numbers.

/// An address in the target's memory, which may be anything at all.
package struct TargetAddress: RawRepresentable, Equatable, Comparable, Sendable {
  package let rawValue: UInt64

  package init(rawValue: UInt64) { self.rawValue = rawValue }

  package init(_ rawValue: UInt64) { self.rawValue = rawValue }

  package var isNull: Bool { rawValue == 0 }

  /// The address so many bytes further; wraps, as the hardware does.
  package func advanced(by bytes: UInt64) -> Self { Self(rawValue &+ bytes) }

  package static func < (left: Self, right: Self) -> Bool { left.rawValue < right.rawValue }
}

/// Sizes of the x86-64 page.
package enum Page {
  package static var size: UInt64 { 4096 }

  package static func down(_ value: UInt64) -> UInt64 { value & ~(size - 1) }

  /// Wraps to 0 at the end of the address space.
  package static func up(_ value: UInt64) -> UInt64 { (value &+ (size - 1)) & ~(size - 1) }
}

/// The machine a call was made for, as SIGSYS tells.
///
/// - Source: `include/uapi/linux/audit.h`.
package struct Architecture: RawRepresentable, Equatable, Sendable {
  package let rawValue: UInt32

  package init(rawValue: UInt32) { self.rawValue = rawValue }

  /// The corresponding C constant is `AUDIT_ARCH_X86_64`.
  package static var x8664: Self { Self(rawValue: 0xc000_003e) }
  /// The corresponding C constant is `AUDIT_ARCH_I386`.
  package static var i386: Self { Self(rawValue: 0x4000_0003) }
}
