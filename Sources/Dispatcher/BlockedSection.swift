// SPDX-License-Identifier: Apache-2.0 WITH Swift-exception
// Sections of the monitor that must not be interrupted: what they do cannot be done twice.

package import CShim
package import LinuxABI

/// Values of `thread.blocked`.
enum Blocking {
  static var none: UInt32 { 0 }
  /// The kernel's mask was changed and must be set again.
  static var changed: UInt32 { 1 }
  /// The target blocks everything itself; only reserved signals can come, and they are held.
  static var unchanged: UInt32 { 2 }
}

extension ThreadRecord {
  /// Blocks all signals until the thread leaves the monitor.
  ///
  /// Threads that are about to start others or to run programs have blocked them already.
  package mutating func enterBlocked() {
    guard strict != StrictMode.native else { return }
    let always = SignalSet.reserved.union(.unmaskable).rawValue
    let isOpen = mask | always != SignalSet.all.rawValue
    if isOpen { Kernel.blockSignals() }
    kernelMask = mask & ~SignalSet.reserved.rawValue
    blocked = isOpen ? Blocking.changed : Blocking.unchanged
  }

  /// As `enterBlocked`, with the reserved signals: a fault of a copy is fatal meanwhile.
  package mutating func enterBlockedWholly() {
    guard strict != StrictMode.native else { return }
    Kernel.blockAllSignals()
    kernelMask = mask & ~SignalSet.reserved.rawValue
    blocked = Blocking.changed
  }

  /// The reserved signals held, as they are in memory: one may have come since the last look.
  private mutating func heldNow() -> UInt64 {
    let faults = OwnMemory.word(at: TargetMemory.address(of: &heldSegmentation.present)) != 0
    let buses = OwnMemory.word(at: TargetMemory.address(of: &heldBus.present)) != 0
    let calls = OwnMemory.word(at: TargetMemory.address(of: &heldCall.present)) != 0
    return (faults ? SignalSet(.segmentation).rawValue : 0)
      | (buses ? SignalSet(.bus).rawValue : 0) | (calls ? SignalSet(.badCall).rawValue : 0)
  }

  /// Ends a blocked section: signals that came or were held meanwhile are handled from here on.
  package mutating func leaveBlocked() {
    repeat {
      raiseHeld(&self, mask: mask)
      let mustUnmask = blocked == Blocking.changed
      blocked = Blocking.none
      if mustUnmask { Kernel.setMask(&kernelMask) }
    } while heldNow() & ~mask != 0
  }
}
