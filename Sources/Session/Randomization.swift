// SPDX-License-Identifier: Apache-2.0 WITH Swift-exception
// How far the system randomizes addresses.

import LinuxABIHosted

/// The value of `/proc/sys/kernel/randomize_va_space`.
enum Randomization: UInt8, Comparable {
  case none
  case mappings
  case mappingsAndHeap

  /// Where /proc does not tell, what the kernel does unless told otherwise.
  static var current: Self {
    guard let file = try? Descriptor.open("/proc/sys/kernel/randomize_va_space"),
      let digit = try? file.read(1).first
    else { return .mappingsAndHeap }
    return Self(rawValue: digit &- UInt8(ascii: "0")) ?? .mappingsAndHeap
  }

  static func < (left: Self, right: Self) -> Bool { left.rawValue < right.rawValue }
}
