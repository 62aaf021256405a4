// SPDX-License-Identifier: Apache-2.0 WITH Swift-exception
// Reserved signals that the target blocks: the kernel cannot hold them, so the record does.

package import CShim
package import LinuxABI

extension ThreadRecord {
  /// The reserved signals that wait in this record.
  var heldSet: SignalSet {
    var set = SignalSet.none
    if heldCall.present != 0 { set = set.union(SignalSet(.badCall)) }
    if heldSegmentation.present != 0 { set = set.union(SignalSet(.segmentation)) }
    if heldBus.present != 0 { set = set.union(SignalSet(.bus)) }
    return set
  }

  /// Whether a signal waits that this mask would let in.
  func holds(outside mask: UInt64) -> Bool { heldSet.rawValue & ~mask != 0 }

  /// Keeps a signal; one that waits already is kept as it is, as the kernel does.
  mutating func hold(_ signal: SignalNumber, _ info: sw_siginfo) {
    guard !heldSet.contains(signal) else { return }
    let held = sw_held(present: 1, info: info)
    if signal == .badCall { heldCall = held }
    if signal == .segmentation { heldSegmentation = held }
    if signal == .bus { heldBus = held }
  }

  /// Takes a signal out.
  mutating func takeHeld(_ signal: SignalNumber) -> sw_siginfo? {
    guard heldSet.contains(signal) else { return nil }
    var held = sw_held()
    if signal == .badCall { swap(&held, &heldCall) }
    if signal == .segmentation { swap(&held, &heldSegmentation) }
    if signal == .bus { swap(&held, &heldBus) }
    return held.info
  }

  /// Takes out the first held signal of a set.
  mutating func takeHeld(in set: UInt64) -> sw_siginfo? {
    if SignalSet(rawValue: set).contains(.segmentation), let info = takeHeld(.segmentation) {
      return info
    }
    if SignalSet(rawValue: set).contains(.bus), let info = takeHeld(.bus) { return info }
    if SignalSet(rawValue: set).contains(.badCall) { return takeHeld(.badCall) }
    return nil
  }
}

/// Sends the held signals that a mask lets in to this thread again, with all they said.
///
/// They wait in the kernel until the blocked section ends that this begins or is in.
package func raiseHeld(_ thread: inout ThreadRecord, mask: UInt64) {
  guard thread.holds(outside: mask) else { return }
  Kernel.blockAllSignals()
  thread.kernelMask = thread.mask & ~SignalSet.reserved.rawValue
  thread.blocked = Blocking.changed
  while thread.holds(outside: mask), var info = thread.takeHeld(in: ~mask) {
    let pid = Kernel.call(.getpid)
    let tid = Kernel.call(.gettid)
    let address = TargetMemory.address(of: &info)
    Kernel.call(.threadSignalQueue, pid, tid, Int(info.signal), Int(bits: address))
  }
}

/// `rt_sigpending(2)`: the kernel's answer, to which the finish adds what is held.
func pendingSignals(_ thread: inout ThreadRecord) -> Next {
  if !thread.heldSet.isEmpty { thread.finish = Finish.pending.rawValue }
  return .issue
}

func finishPending(_ thread: inout ThreadRecord) {
  guard thread.result == 0, thread.registers.rsi == 8 else { return }
  let address = TargetAddress(thread.registers.rdi)
  do throws(Errno) {
    let pending = try TargetMemory.word(at: address)
    try TargetMemory.store(pending | (thread.heldSet.rawValue & thread.mask), to: address)
  } catch {
    thread.result = Int64(error.result)
  }
}

/// `rt_sigtimedwait(2)`: a held signal that is waited for ends the wait.
func waitForSignal(_ thread: inout ThreadRecord) -> Next {
  guard thread.call.d == 8, let set = try? TargetMemory.word(at: TargetAddress(thread.call.a)),
    set & SignalSet.reserved.rawValue != 0
  else { return .issue }
  thread.kept = set
  thread.finish = Finish.wait.rawValue
  guard thread.heldSet.rawValue & set != 0, !kernelIsFirst(set, thread.heldSet)
  else { return .issue }
  thread.enterBlocked()
  return thread.answer(Errno.interrupted.result)
}

/// Whether the kernel itself has one of these signals pending that comes before those held: the
/// lowest number is first.
private func kernelIsFirst(_ set: UInt64, _ held: SignalSet) -> Bool {
  var pending: UInt64 = 0
  Kernel.call(.signalPending, Int(bits: TargetMemory.address(of: &pending)), 8)
  let first = (pending & set).trailingZeroBitCount
  return first < (held.rawValue & set).trailingZeroBitCount
}

func finishWait(_ thread: inout ThreadRecord) {
  guard thread.result == Int64(Errno.interrupted.result),
    let info = thread.takeHeld(in: thread.kept)
  else { return }
  thread.result = Int64(info.signal)
  guard thread.registers.rsi != 0 else { return }
  do throws(Errno) {
    try TargetMemory.store(info, to: TargetAddress(thread.registers.rsi))
  } catch {
    thread.result = Int64(error.result)
  }
}
