// SPDX-License-Identifier: Apache-2.0 WITH Swift-exception
// Every signal that is not a trap comes here, on the thread's own signal stack, with all others
// blocked; it is handed on as the kernel would have done it for the target.

package import CShim
internal import CLayout
package import LinuxABI

/// A signal from the kernel, on its way to the target.
package func receive(
  _ signal: SignalNumber, _ received: sw_siginfo, _ context: inout sw_ucontext,
  _ thread: inout ThreadRecord
) {
  var sent = received
  let isCopy = Relayed.isCopy(signal, &sent)
  let info = HandOver.original(signal, sent, &thread)
  let isForced = signal == .segmentation && thread.forced != 0 && thread.blocked == 0
  if isForced { thread.forced = 0 }
  let isFault = !isForced && info.code > 0 && isSynchronous(signal)
  if isFault, answerFault(&context) { return }
  if isFault, info.code == codeKernel, Rewriting.isChanging(at: context.registers.rip) { return }
  let found = context.registers.rip
  if let slot = NearStubs.slot(at: found) { context.registers.rip = slot.start }
  if let slot = Slot(containing: context.registers.rip) {
    return receive(
      signal, info, in: slot, found, &context, &thread, isCopy: isCopy, isForced: isForced)
  }
  if !isFault { SlotEntry.takeBack(&context, thread) }
  guard Monitor.contains(context.registers.rip) else {
    if isCopy { return }
    hand(signal, info, &context, &thread, blocked: thread.mask, isFault: isFault || isForced)
    return
  }
  if isFault { reportFault(signal, info, context) }
  if thread.blocked != 0 {
    // Only reserved signals come here now; leaving the blocked section raises them again.
    thread.hold(signal, info)
    return
  }
  let place = Interruption(context, thread)
  if isCopy || isKept(signal, info, thread, place) {
    // Natively it would not have come: the call is not ended by it.
    if !isCopy { thread.hold(signal, info) }
    if !place.isCommitted || place.isInterruptedCall { rollBack(&context, thread) }
    return
  }
  if !place.isInterruptedCall, HandOver.toLeader(signal, info, thread) { return }
  settle(&context, &thread)
  var shown = info
  // A filter of the target's own refused the call at the gate; the target sees its site.
  let isFiltered = signal == .badCall && Monitor.contains(info.address)
  if isFiltered { shown.address = thread.registers.rip }
  hand(
    signal, shown, &context, &thread,
    blocked: place.mask(of: thread).rawValue, isFault: isForced || isFiltered)
}

/// A signal that found the thread in a slot, which knows of no more than its own call, or on the way
/// there.
private func receive(
  _ signal: SignalNumber, _ info: sw_siginfo, in slot: Slot, _ found: UInt64,
  _ context: inout sw_ucontext, _ thread: inout ThreadRecord, isCopy: Bool, isForced: Bool
) {
  let isFiltered = signal == .badCall && Monitor.contains(info.address)
  let isBlocked = SignalSet(rawValue: thread.mask).contains(signal)
  let isKept = SignalSet.reserved.contains(signal) && isBlocked && !isForced && !isFiltered
  guard !isCopy, !isKept else {
    if isKept { thread.hold(signal, info) }
    // Natively it would not have come: the call is not ended by it.
    if case .interrupted = slot.place(context) { slot.takeBack(&context) }
    return
  }
  slot.settle(&context)
  var shown = info
  // Of a step, or a call that a filter of the target's own refused.
  if info.code > 0, info.address == found { shown.address = context.registers.rip }
  hand(signal, shown, &context, &thread, blocked: thread.mask, isFault: isForced || isFiltered)
}

/// Whether a reserved signal comes only because the monitor cannot block it.
private func isKept(
  _ signal: SignalNumber, _ info: sw_siginfo, _ thread: borrowing ThreadRecord,
  _ place: Interruption
) -> Bool {
  let isForced = thread.forced != 0
  let isBlocked = place.mask(of: thread).contains(signal)
  return SignalSet.reserved.contains(signal) && isBlocked && !isForced
    && !Monitor.contains(info.address)
}

/// Faults of the instruction itself, as opposed to signals that somebody sent.
private func isSynchronous(_ signal: SignalNumber) -> Bool {
  switch signal.rawValue {
  case 4, 7, 8, 11: true
  default: false
  }
}

/// A copy of the monitor's that hit memory that is not there goes on with -EFAULT, and a call of
/// i386 on a kernel without such calls with -ENOSYS.
private func answerFault(_ context: inout sw_ucontext) -> Bool {
  let landmarks = sw_landmarks()
  let rip = context.registers.rip
  if rip == landmarks.setNumberGate {
    let instructionLength: UInt64 = 2
    context.registers.rip &+= instructionLength
    context.registers.rax = UInt64(bitPattern: Int64(Errno.noCall.result))
    return true
  }
  guard rip >= landmarks.copyBegin, rip < landmarks.copyEnd else { return false }
  context.registers.rip = landmarks.copyFault
  return true
}

/// Does what the target's action says.
private func hand(
  _ signal: SignalNumber, _ info: sw_siginfo, _ context: inout sw_ucontext,
  _ thread: inout ThreadRecord, blocked: UInt64, isFault: Bool
) {
  let isBlocked = SignalSet(rawValue: blocked).contains(signal)
  if SignalSet.reserved.contains(signal), isBlocked, !isFault {
    thread.hold(signal, info)
    return
  }
  let action = SignalActions(of: thread).action(of: signal)
  let isHandled = action.handler > SignalDisposition.ignore
  if isHandled, !(isFault && isBlocked) {
    enterHandler(signal, info, action, &context, &thread, blocked: blocked)
  } else if action.handler != SignalDisposition.ignore || isFault {
    // A fault that the kernel raised for no instruction does not happen again by itself.
    die(signal, &context, repeats: isFault && info.code != codeKernel)
  }
}

/// The corresponding C constant is `SI_KERNEL`.
private var codeKernel: Int32 { 0x80 }

/// Starts the target's handler; what does not fit its stack ends as the kernel would end it.
private func enterHandler(
  _ signal: SignalNumber, _ info: sw_siginfo, _ action: sw_action,
  _ context: inout sw_ucontext, _ thread: inout ThreadRecord, blocked: UInt64
) {
  let flags = SignalFlags(rawValue: action.flags)
  do throws(Errno) {
    let frame = try pushFrame(info, action, context, &thread)
    var mask = blocked | action.mask
    if !flags.contains(.noDefer) { mask |= SignalSet(signal).rawValue }
    thread.mask = mask & ~SignalSet.unmaskable.rawValue
    if flags.contains(.resetHandler) { resetAction(signal, action, thread) }
    context.enter(action.handler, signal, frame: frame, mask: thread.mask)
  } catch {
    guard signal != .segmentation else {
      die(signal, &context, repeats: false)
      return
    }
    var fault = sw_siginfo()
    fault.signal = SignalNumber.segmentation.rawValue
    fault.code = codeKernel
    hand(.segmentation, fault, &context, &thread, blocked: blocked, isFault: true)
  }
}

/// `SA_RESETHAND`: the action is the default one again, its flags and mask stay.
private func resetAction(
  _ signal: SignalNumber, _ action: sw_action, _ thread: borrowing ThreadRecord
) {
  var reset = action
  reset.handler = SignalDisposition.standard
  SignalActions(of: thread).set(signal, reset)
  if !SignalSet.reserved.contains(signal) { KernelAction.put(signal, reset) }
}

/// The default action of a signal that ends the process, taken by the kernel itself so that
/// status and core are the native ones: a fault happens again, anything else is sent again.
private func die(_ signal: SignalNumber, _ context: inout sw_ucontext, repeats: Bool) {
  KernelAction.reset(signal)
  context.mask &= ~SignalSet(signal).rawValue
  if repeats, signal != .badCall { return }
  Kernel.call(.tgkill, Kernel.call(.getpid), Kernel.call(.gettid), Int(signal.rawValue))
}

/// A fault of the monitor itself: leaves a report for the supervisor and ends the process.
private func reportFault(
  _ signal: SignalNumber, _ info: sw_siginfo, _ context: sw_ucontext
) -> Never {
  let fault = Tally.field(SW_SESSION_FAULT)
  let image = Monitor.with { $0.image }
  if Atomic.exchange(fault, from: 0, to: 2) {
    var report = sw_fault()
    report.pid = UInt32(truncatingIfNeeded: Kernel.call(.getpid))
    report.tid = UInt32(truncatingIfNeeded: Kernel.call(.gettid))
    report.signal = UInt32(signal.rawValue)
    report.offset = context.registers.rip &- image
    report.address = info.address
    report.caller.0 = (try? TargetMemory.word(at: TargetAddress(context.registers.rsp))) ?? 0
    report.filled = 1
    OwnMemory.store(report, to: fault)
  }
  Kernel.exit(status: 125)
}
