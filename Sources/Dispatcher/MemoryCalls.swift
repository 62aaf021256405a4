// SPDX-License-Identifier: Apache-2.0 WITH Swift-exception
// Calls that change mappings: code that a target may write has its own bytes, and sites whose code
// is gone are forgotten.

internal import CShim
internal import LinuxABI

/// What a call is about to do to code.
struct MemoryChange {
  /// Where sites get the target's own bytes back first: code that may be written, or that moves.
  var restored = AddressRange.none
  /// Where code goes away.
  var removed = AddressRange.none
  /// Where code stays as it is, with other rights.
  var kept = AddressRange.none

  /// Nil for a call that cannot touch code.
  static func of(_ number: SyscallNumber, _ call: sw_call) -> Self? {
    let range = AddressRange(call.a, length: call.b)
    let isFixed = Int(bits: call.d) & MapFlags.fixed != 0
    let isWritable = Int(bits: call.c) & MapFlags.write != 0
    switch number.rawValue {
    case 9: return isFixed ? Self(removed: range) : nil
    case 10, 329: return isWritable ? Self(restored: range) : Self(kept: range)
    case 11: return Self(removed: range)
    case 25: return remapping(call)
    case 30: return Int(bits: call.c) & remaps == 0 ? nil : Self(restored: .all)
    case 216: return Self(restored: .all)
    default: return nil
    }
  }

  /// The corresponding C constant is `SHM_REMAP`.
  private static var remaps: Int { 0o40000 }

  private static func remapping(_ call: sw_call) -> Self {
    let fixed: UInt64 = 2
    let target = call.d & fixed == 0 ? AddressRange.none : AddressRange(call.e, length: call.c)
    return Self(
      restored: AddressRange(call.a, length: max(call.b, call.c)), removed: target)
  }
}

/// Addresses from `start` up to `end`.
struct AddressRange {
  let start: UInt64
  let end: UInt64

  static var none: Self { Self(start: 0, end: 0) }
  static var all: Self { Self(start: 0, end: UInt64(1) << 47) }

  var isEmpty: Bool { start >= end }

  init(start: UInt64, end: UInt64) {
    self.start = start
    self.end = end
  }

  /// Whole pages from an address on.
  init(_ start: UInt64, length: UInt64) {
    self.init(start: start, end: start &+ Page.up(length))
  }
}

/// `mmap`, `mprotect`, `munmap`, `mremap` and their kin.
///
/// A mapping that is asked to become writable is waited for even if nothing is known of it: no site
/// in it may be rewritten in the same moment.
func changeMemory(_ number: SyscallNumber, _ thread: inout ThreadRecord) -> Next {
  guard Rewriting.isOn, let change = MemoryChange.of(number, thread.call) else { return .issue }
  let mayOpen = !change.restored.isEmpty && Sites.with { $0.isOpen | $0.isShared } != 0
  guard
    mayOpen || isKnown(change.removed) || isKnown(change.kept) || NearStubs.holds(change.removed)
  else { return .issue }
  thread.enterBlocked()
  thread.result = Int64(Rewriting.make(change, number, &thread))
  return .leave
}

/// Regions are forgotten sooner than sites.
private func isKnown(_ range: AddressRange) -> Bool {
  CodeRegions.knows(range) || Sites.know(range)
}
