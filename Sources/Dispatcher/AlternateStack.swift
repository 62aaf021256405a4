// SPDX-License-Identifier: Apache-2.0 WITH Swift-exception
// The target's alternate signal stack: the kernel never hears of it.

package import CShim
package import LinuxABI

extension sw_stack {
  /// No stack, as after exec.
  package static var disabled: Self {
    Self(address: 0, flags: AlternateStackFlags.disable, padding: 0, size: 0)
  }

  private var disarms: Bool { flags & AlternateStackFlags.autoDisarm != 0 }

  /// Whether a stack pointer lies on it.
  func holds(_ pointer: UInt64) -> Bool { pointer > address && pointer &- address <= size }

  /// Whether a thread with this stack pointer runs on it, as far as the kernel minds.
  func isInUse(at pointer: UInt64) -> Bool { !disarms && holds(pointer) }

  /// What the kernel shows of it to a thread with this stack pointer.
  func seen(from pointer: UInt64) -> Self {
    var shown = self
    let kept = flags & AlternateStackFlags.autoDisarm
    let state =
      size == 0
      ? AlternateStackFlags.disable : isInUse(at: pointer) ? AlternateStackFlags.onStack : 0
    shown.flags = state | kept
    return shown
  }

  /// Once a handler runs on it: gone until the handler returns, if it disarms.
  mutating func enter() {
    if disarms { self = .disabled }
  }

  /// Takes a new stack, with the kernel's checks.
  ///
  /// - Source: `do_sigaltstack` in `kernel/signal.c`.
  mutating func replace(by new: sw_stack, at pointer: UInt64) throws(Errno) {
    if isInUse(at: pointer) { throw .notPermitted }
    let mode = new.flags & ~AlternateStackFlags.autoDisarm
    if mode == AlternateStackFlags.disable {
      self = sw_stack(address: 0, flags: new.flags, padding: 0, size: 0)
      return
    }
    guard mode == 0 || mode == AlternateStackFlags.onStack else { throw .invalid }
    guard new.size >= AlternateStackFlags.minimumSize else { throw .noMemory }
    self = new
    padding = 0
  }
}

/// `sigaltstack(2)`.
func changeAlternateStack(_ thread: inout ThreadRecord) -> Next {
  thread.enterBlocked()
  do throws(Errno) {
    var new = sw_stack()
    let newAddress = TargetAddress(thread.call.a)
    let oldAddress = TargetAddress(thread.call.b)
    if !newAddress.isNull { try TargetMemory.load(&new, from: newAddress) }
    let old = thread.alternate.seen(from: thread.registers.rsp)
    if !newAddress.isNull { try thread.alternate.replace(by: new, at: thread.registers.rsp) }
    if !oldAddress.isNull { try TargetMemory.store(old, to: oldAddress) }
    return thread.answer(0)
  } catch {
    return thread.answer(error.result)
  }
}
