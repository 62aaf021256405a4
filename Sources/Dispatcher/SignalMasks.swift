// SPDX-License-Identifier: Apache-2.0 WITH Swift-exception
// Signal masks: the target's is kept whole, the kernel's lacks what the monitor needs.

package import CShim
package import LinuxABI

/// What is left to do once a call has its result.
enum Finish: UInt32 {
  case none = 0
  /// Take over the new mask and show the old one.
  case mask = 1
  /// Add the signals that the monitor holds back to those pending.
  case pending = 2
  /// Answer a wait with a signal that the monitor holds back.
  case wait = 3
  /// Let in the held signals that a wait was answered for.
  case raise = 4
  /// Show the program where a link shows the monitor.
  case link = 5
  /// Remember that the thread can change no mask any more.
  case strict = 6
  /// Remember that the target has a filter of its own.
  case filter = 7
}

/// Runs what `thread.finish` names; may run twice, if a signal lands in the middle of it.
package func finish(_ thread: inout ThreadRecord) {
  switch Finish(rawValue: thread.finish) ?? .none {
  case .none: break
  case .mask: finishMask(&thread)
  case .pending: finishPending(&thread)
  case .wait: finishWait(&thread)
  case .raise: raiseHeld(&thread, mask: thread.temporaryMask)
  case .link: finishLink(&thread)
  case .strict: if thread.result == 0 { thread.strict = StrictMode.native }
  case .filter: finishFilter(thread)
  }
  thread.finish = Finish.none.rawValue
}

/// `rt_sigprocmask(2)`.
///
/// The old mask is written by the finish: the kernel reads the new one first, and both may be the
/// same memory.
func changeMask(_ thread: inout ThreadRecord) -> Next {
  let call = thread.call
  guard call.d == 8 else { return thread.answer(Errno.invalid.result) }
  thread.temporaryMask = thread.mask
  if call.b != 0 {
    var set: UInt64 = 0
    do throws(Errno) {
      try TargetMemory.load(&set, from: TargetAddress(call.b))
    } catch {
      return thread.answer(error.result)
    }
    switch call.a & 0xffff_ffff {
    case 0: thread.temporaryMask = thread.mask | set
    case 1: thread.temporaryMask = thread.mask & ~set
    case 2: thread.temporaryMask = set
    default: return thread.answer(Errno.invalid.result)
    }
    thread.temporaryMask &= ~SignalSet.unmaskable.rawValue
  }
  thread.kept = thread.mask
  if thread.holds(outside: thread.temporaryMask) {
    // All that the new mask lets in comes at once, in the kernel's order.
    thread.enterBlocked()
    thread.kernelMask = thread.temporaryMask & ~SignalSet.reserved.rawValue
    _ = thread.answer(0)
    finishMask(&thread)
    return .leave
  }
  thread.finish = Finish.mask.rawValue
  thread.buffer.0 = thread.temporaryMask & ~SignalSet.reserved.rawValue
  let address = TargetMemory.address(of: &thread.buffer.0)
  thread.call = sw_call(
    number: SyscallNumber.signalMask.rawValue, a: 2, b: address.rawValue, c: 0, d: 8, e: 0, f: 0)
  return .issue
}

private func finishMask(_ thread: inout ThreadRecord) {
  thread.mask = thread.temporaryMask
  if thread.registers.rdx != 0 {
    do throws(Errno) {
      try TargetMemory.store(thread.kept, to: TargetAddress(thread.registers.rdx))
    } catch {
      thread.result = Int64(error.result)
    }
  }
  raiseHeld(&thread, mask: thread.mask)
}

/// Calls that wait with a mask of their own: `ppoll`, `epoll_pwait`, `rt_sigsuspend`.
///
/// What the kernel would refuse is left for the kernel to refuse.
func waitWithMask(_ thread: inout ThreadRecord, at address: UInt64, size: UInt64) -> Next {
  guard address != 0, size == 8 else { return .issue }
  var set: UInt64 = 0
  guard (try? TargetMemory.load(&set, from: TargetAddress(address))) != nil else { return .issue }
  guard !setTemporaryMask(set, &thread) else { return interruptedByHeld(&thread) }
  let copy = TargetMemory.address(of: &thread.buffer.0).rawValue
  switch thread.call.number {
  case SyscallNumber.ppoll.rawValue: thread.call.d = copy
  case SyscallNumber.signalSuspend.rawValue: thread.call.a = copy
  default: thread.call.e = copy
  }
  return .issue
}

/// `pselect6(2)` and `io_pgetevents(2)`, whose sixth argument points to a pointer and a size.
func waitWithPackedMask(_ thread: inout ThreadRecord) -> Next {
  let packed = TargetAddress(thread.call.f)
  guard !packed.isNull, let address = try? TargetMemory.word(at: packed),
    let size = try? TargetMemory.word(at: packed.advanced(by: 8)), address != 0, size == 8
  else { return .issue }
  var set: UInt64 = 0
  guard (try? TargetMemory.load(&set, from: TargetAddress(address))) != nil else { return .issue }
  guard !setTemporaryMask(set, &thread) else { return interruptedByHeld(&thread) }
  thread.buffer.1 = TargetMemory.address(of: &thread.buffer.0).rawValue
  thread.buffer.2 = 8
  thread.call.f = TargetMemory.address(of: &thread.buffer.1).rawValue
  return .issue
}

/// Puts the mask of a wait where the kernel finds it; whether a held signal ends the wait at once.
private func setTemporaryMask(_ set: UInt64, _ thread: inout ThreadRecord) -> Bool {
  thread.temporaryMask = set & ~SignalSet.unmaskable.rawValue
  thread.hasTemporaryMask = 1
  thread.buffer.0 = set & ~SignalSet.reserved.rawValue
  return thread.holds(outside: thread.temporaryMask)
}

/// The wait ends as if the held signal had just come: interrupted, then the handler.
private func interruptedByHeld(_ thread: inout ThreadRecord) -> Next {
  thread.enterBlocked()
  thread.finish = Finish.raise.rawValue
  return thread.answer(Errno.interrupted.result)
}
