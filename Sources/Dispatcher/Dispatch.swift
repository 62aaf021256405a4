// SPDX-License-Identifier: Apache-2.0 WITH Swift-exception
// One call's way: decode, decide, then either issue it as it is or take the special way it needs.

package import CShim
internal import CLayout
internal import Decision
internal import EventLog
package import LinuxABI

/// What assembly does after `dispatch`.
package struct Next {
  package let rawValue: Int32
  /// The gate issues `thread.call`.
  static var issue: Self { Self(rawValue: SW_NEXT_ISSUE) }
  /// The result stands in the record.
  static var leave: Self { Self(rawValue: SW_NEXT_LEAVE) }
}

/// Decides one call.
///
/// Up to the gate nothing may happen that cannot happen twice: a signal that lands before the
/// gate's instruction sends the thread back to its site. What cannot be repeated blocks signals
/// first (`enterBlocked`).
package func dispatch(_ thread: inout ThreadRecord) -> Next {
  // The kernel looks at the low 32 bits only.
  thread.call = sw_call(
    number: thread.registers.rax & 0xffff_ffff, a: thread.registers.rdi, b: thread.registers.rsi,
    c: thread.registers.rdx, d: thread.registers.r10, e: thread.registers.r8,
    f: thread.registers.r9)
  thread.hasTemporaryMask = 0
  if Rewriting.isOn { Rewriting.consider(&thread) }
  if Monitor.options & UInt32(SW_OPTION_DIE_WITH_SUPERVISOR) != 0 { dieIfAbandoned() }
  if thread.architecture == Architecture.i386.rawValue { return dispatchI386(&thread) }
  let number = SyscallNumber(rawValue: thread.call.number)
  switch policy().verdict(number.rawValue, .x8664) {
  case .allow: break
  case .deny(let error): return thread.answer(error.result)
  case .answer(let value): return thread.answer(Int(value))
  case .kill: Kernel.exit(status: 159)
  }
  if thread.strict == StrictMode.own { enforceStrict(number) }
  thread.willCount(number.isKnown ? .issued : .unknown)
  return treat(number, &thread)
}

/// The special way of a call that touches what the monitor keeps for the thread or the process.
enum Treatment: UInt8 {
  case action, mask, actionReturn, child, program, programAt, end, pending, wait, suspend
  case alternateStack, trace, control, filter, packedMask, maskAtD, maskAtE, name, memory

  /// Nil for a call that is given to the kernel as it is.
  init?(_ number: SyscallNumber) {
    switch number.rawValue {
    case 9, 10, 11, 25, 30, 216, 329: self = .memory
    case 13: self = .action
    case 14: self = .mask
    case 15: self = .actionReturn
    case 56, 57, 58, 435: self = .child
    case 59: self = .program
    case 322: self = .programAt
    case 60, 231: self = .end
    case 127: self = .pending
    case 128: self = .wait
    case 101: self = .trace
    case 130: self = .suspend
    case 131: self = .alternateStack
    case 157: self = .control
    case 317: self = .filter
    case 270, 333: self = .packedMask
    case 271: self = .maskAtD
    case 281, 441: self = .maskAtE
    case 2, 4, 6, 21, 89, 257, 262, 267, 332, 437, 439: self = .name
    default: return nil
    }
  }
}

private func treat(_ number: SyscallNumber, _ thread: inout ThreadRecord) -> Next {
  switch Treatment(number) {
  case nil: return .issue
  case .action: return changeAction(&thread)
  case .mask: return changeMask(&thread)
  case .actionReturn: return returnFromSignal(&thread)
  case .child: return makeChild(number, &thread)
  case .program: return execute(&thread, .execve(thread.call))
  case .programAt: return execute(&thread, .execveat(thread.call))
  case .end: return endThread(&thread)
  case .pending: return pendingSignals(&thread)
  case .wait: return waitForSignal(&thread)
  case .suspend: return waitWithMask(&thread, at: thread.call.a, size: thread.call.b)
  case .alternateStack: return changeAlternateStack(&thread)
  case .trace: return trace(&thread)
  case .control: return processControl(&thread)
  case .filter: return filterSelf(&thread)
  case .packedMask: return waitWithPackedMask(&thread)
  case .maskAtD: return waitWithMask(&thread, at: thread.call.d, size: thread.call.e)
  case .maskAtE: return waitWithMask(&thread, at: thread.call.e, size: thread.call.f)
  case .name: return namePath(number, &thread)
  case .memory: return changeMemory(number, &thread)
  }
}

/// Calls of the i386 table from 64-bit code. Those that would make children, run programs or
/// change signals by 32-bit structures are answered as by a kernel that lacks them.
private func dispatchI386(_ thread: inout ThreadRecord) -> Next {
  let low: UInt64 = 0xffff_ffff
  thread.call = sw_call(
    number: thread.registers.rax & low, a: thread.registers.rbx & low,
    b: thread.registers.rcx & low, c: thread.registers.rdx & low, d: thread.registers.rsi & low,
    e: thread.registers.rdi & low, f: thread.registers.rbp & low)
  switch policy().verdict(thread.call.number, .i386) {
  case .allow: break
  case .deny(let error): return thread.answer(error.result)
  case .answer(let value): return thread.answer(Int(value))
  case .kill: Kernel.exit(status: 159)
  }
  thread.willCount(.i386)
  switch thread.call.number {
  case 1, 252: return endThread(&thread)
  case 2, 11, 48, 67, 68, 69, 72, 73, 119, 120, 126, 172, 173, 174, 175, 177, 179, 186, 190, 308,
    309, 319, 354, 358, 413, 416, 421, 435, 441:
    thread.result = Int64(Errno.noCall.result)
    return .leave
  default: return .issue
  }
}

/// The policy in force.
@_lifetime(immortal)
func policy() -> CompiledPolicy {
  let length = Monitor.policyLength
  return CompiledPolicy(TargetMemory.span(Monitor.policy, count: length))
}

/// With `--on-supervisor-death kill`: the kernel marks the supervisor's robust futex when it dies.
private func dieIfAbandoned() {
  let attended = Tally.field(SW_SESSION_ATTENDED)
  let owner = Tally.field(SW_SESSION_OWNER)
  let died: UInt32 = 0x4000_0000
  guard Atomic.load(owner) & died != 0, Atomic.load(attended) != 0 else { return }
  Kernel.call(.kill, Kernel.call(.getpid), Int(SignalNumber.kill.rawValue))
  Kernel.exit(status: 137)
}

extension ThreadRecord {
  /// Ends the call with a result that the kernel was not asked for.
  package mutating func answer(_ value: Int) -> Next {
    willCount(.answered)
    result = Int64(value)
    return .leave
  }

  /// The counter that assembly adds to when the call has its result.
  mutating func willCount(_ kind: CallKind) {
    let way = CallWay(rawValue: way) ?? .trap
    counter = tallyAddress.advanced(by: SessionLayout.counter(way, kind)).rawValue
  }

  /// Counts a call that does not come back.
  package mutating func countNow() {
    Atomic.count(TargetAddress(counter), 1)
  }

  /// Takes back what `countNow` counted.
  package mutating func uncountNow() {
    Atomic.count(TargetAddress(counter), UInt64.max)
  }
}
