// SPDX-License-Identifier: Apache-2.0 WITH Swift-exception
// The frame that the kernel would have built for the target's handler.
//
//   stack of the handler
//   +---------------+ fpstate, aligned to 64
//   | xsave area    |
//   +---------------+
//   | siginfo_t     |
//   | ucontext      |
//   | return address| <- rsp at the handler's first instruction, 16n + 8
//   +---------------+

package import CShim
package import LinuxABI

/// The kernel's struct rt_sigframe.
private struct SignalFrame: BitwiseCopyable {
  var restorer: UInt64
  var context: sw_ucontext
  var info: sw_siginfo

  static var contextOffset: UInt64 { 8 }
  static var infoOffset: UInt64 { 8 + 304 }
  static var size: UInt64 { 8 + 304 + 128 }
}

/// Writes the frame to the stack that the kernel would choose; returns its address.
///
/// - Source: `get_sigframe` and `x64_setup_rt_frame` in `arch/x86/kernel/signal*.c`.
func pushFrame(
  _ info: sw_siginfo, _ action: sw_action, _ context: sw_ucontext, _ thread: inout ThreadRecord
) throws(Errno) -> TargetAddress {
  let flags = SignalFlags(rawValue: action.flags)
  guard flags.contains(.restorer) else { throw .badAddress }
  let redZone: UInt64 = 128
  let stack = thread.alternate
  var pointer = context.registers.rsp &- redZone
  let isNested = stack.isInUse(at: pointer)
  let isEntering = flags.contains(.onStack) && stack.size != 0 && !isNested
  if isEntering { pointer = stack.address &+ stack.size }

  let vectors = try vectorStateSize(context)
  pointer = (pointer &- vectors) & ~63
  let vectorAddress = pointer
  pointer = ((pointer &- SignalFrame.size) & ~15) &- 8
  if isNested || isEntering, !stack.holds(pointer) { throw .badAddress }

  var shown = context
  shown.stack = stack
  shown.mask = thread.mask
  shown.fpstate = vectors == 0 ? 0 : vectorAddress
  if vectors != 0 {
    try TargetMemory.copy(
      to: TargetAddress(vectorAddress), from: TargetAddress(context.fpstate), count: vectors)
  }
  let frame = SignalFrame(restorer: action.restorer, context: shown, info: info)
  try TargetMemory.store(frame, to: TargetAddress(pointer))
  thread.alternate.enter()
  return TargetAddress(pointer)
}

/// Bytes of the saved vector state, as the kernel wrote it into the frame's software bytes.
///
/// - Source: `struct _fpx_sw_bytes` in `arch/x86/include/uapi/asm/sigcontext.h`.
private func vectorStateSize(_ context: sw_ucontext) throws(Errno) -> UInt64 {
  guard context.fpstate != 0 else { return 0 }
  let legacySize: UInt64 = 512
  var software: UInt64 = 0
  try TargetMemory.load(&software, from: TargetAddress(context.fpstate &+ 464))
  let magic: UInt32 = 0x4650_5853
  return UInt32(truncatingIfNeeded: software) == magic ? software >> 32 : legacySize
}

extension sw_ucontext {
  /// Continues in a handler, with the registers that the kernel would give it.
  mutating func enter(
    _ handler: UInt64, _ signal: SignalNumber, frame: TargetAddress, mask: UInt64
  ) {
    let direction: UInt64 = 1 << 10
    let resume: UInt64 = 1 << 16
    let trap: UInt64 = 1 << 8
    registers.rip = handler
    registers.rsp = frame.rawValue
    registers.rdi = UInt64(signal.rawValue)
    registers.rsi = frame.rawValue &+ SignalFrame.infoOffset
    registers.rdx = frame.rawValue &+ SignalFrame.contextOffset
    registers.rax = 0
    registers.flags &= ~(direction | resume | trap)
    // No vector state to restore: the handler starts with the initial one, as natively.
    fpstate = 0
    self.mask = mask & ~SignalSet.reserved.rawValue
  }
}

/// `rt_sigreturn(2)`: the kernel restores a copy of the target's frame, in which mask and
/// alternate stack are those that the kernel is to have.
func returnFromSignal(_ thread: inout ThreadRecord) -> Next {
  do throws(Errno) {
    try TargetMemory.load(&thread.frame, from: TargetAddress(thread.registers.rsp))
  } catch {
    return fail(&thread)
  }
  thread.enterBlockedWholly()
  thread.countNow()
  thread.mask = thread.frame.mask & ~SignalSet.unmaskable.rawValue
  // As in the kernel, a stack in the frame that cannot be taken over is left out.
  try? thread.alternate.replace(by: thread.frame.stack, at: thread.frame.registers.rsp)
  thread.frame.stack = ThreadArea(thread).signalStack
  thread.frame.mask = thread.mask & ~SignalSet.reserved.rawValue
  raiseHeld(&thread, mask: thread.mask)
  sw_sigreturn(TargetMemory.address(of: &thread.frame).rawValue)
}

/// A frame that cannot be read is a fault of the target, at the call.
private func fail(_ thread: inout ThreadRecord) -> Next {
  var info = sw_siginfo()
  info.signal = SignalNumber.segmentation.rawValue
  info.code = 0x80
  thread.forced = 1
  Kernel.blockAllSignals()
  thread.blocked = Blocking.changed
  let address = TargetMemory.address(of: &info)
  Kernel.call(
    .threadSignalQueue, Kernel.call(.getpid), Kernel.call(.gettid), Int(info.signal),
    Int(bits: address))
  return thread.answer(0)
}
