// SPDX-License-Identifier: Apache-2.0 WITH Swift-exception
// Where a signal found the thread, as the target is to see it.

package import CShim
package import LinuxABI

/// How far a call had come when a signal found the thread inside the monitor.
struct Interruption {
  /// Whether the kernel has answered, or the monitor in its place.
  let isCommitted: Bool
  /// Whether the answer is still in rax.
  let isAnswering: Bool
  /// Whether the signal itself ended the call.
  let isInterruptedCall: Bool
  /// Whether the call is to be counted yet.
  let isUncounted: Bool
  /// Whether the call waited with a mask of its own until the signal came.
  let hasWaited: Bool

  init(_ context: sw_ucontext, _ thread: borrowing ThreadRecord) {
    let landmarks = sw_landmarks()
    let rip = context.registers.rip
    let popLength: UInt64 = 4
    let isAfter32 = rip >= landmarks.gate32After && rip < landmarks.gate32After &+ popLength
    let isCommitting = rip >= landmarks.gateAfter && rip < landmarks.committed
    let interrupted = Int64(Errno.interrupted.result)
    isAnswering = rip == landmarks.gateAfter || isAfter32
    isUncounted = isAfter32 || (rip >= landmarks.gateAfter && rip < landmarks.counted)
    let stateIsCommitted = thread.state == UInt32(SW_STATE_COMMITTED)
    isCommitted = isAnswering || isCommitting || stateIsCommitted
    let result = isAnswering ? Int64(bitPattern: context.registers.rax) : thread.result
    isInterruptedCall = isAnswering && result == interrupted
    let hasMask = thread.hasTemporaryMask != 0
    hasWaited = isCommitted && hasMask && result == interrupted
  }

  /// The mask that the target has at this moment: that of a wait, if the signal ended one.
  func mask(of thread: borrowing ThreadRecord) -> SignalSet {
    SignalSet(rawValue: hasWaited ? thread.temporaryMask : thread.mask)
  }
}

/// Puts the target's registers into a context that was taken inside the monitor.
///
/// Before the gate's instruction the call is taken back: the thread stands at its site and will
/// make it again. Behind it the call is completed here: it stands after its site with the result.
func settle(_ context: inout sw_ucontext, _ thread: inout ThreadRecord) {
  let place = Interruption(context, thread)
  guard place.isCommitted else {
    rollBack(&context, thread)
    return
  }
  if place.isAnswering { thread.result = Int64(bitPattern: context.registers.rax) }
  thread.state = UInt32(SW_STATE_COMMITTED)
  if place.isUncounted { thread.countNow() }
  if thread.finish != 0 { finish(&thread) }
  context.registers = thread.registers
  context.registers.rax = UInt64(bitPattern: thread.result)
  if thread.architecture == Architecture.x8664.rawValue {
    context.registers.rcx = thread.registers.rip
    context.registers.r11 = thread.registers.flags
  }
  context.mask = thread.mask & ~SignalSet.reserved.rawValue
}

/// Puts the thread back to its site: the call will be made from the beginning.
func rollBack(_ context: inout sw_ucontext, _ thread: borrowing ThreadRecord) {
  context.registers = thread.registers
  context.registers.rip = thread.site
  // The kernel has emulated the page's `ret` as well: its address is still below the stack pointer.
  if thread.site >= UInt64(SW_VSYSCALL_PAGE) { context.registers.rsp &-= 8 }
  context.mask = thread.mask & ~SignalSet.reserved.rawValue
}
