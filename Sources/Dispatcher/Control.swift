// SPDX-License-Identifier: Apache-2.0 WITH Swift-exception
// prctl(2), as far as it touches what the monitor relies on.

internal import CLayout
package import CShim
package import LinuxABI

/// Seccomp's strict mode, in which only `read`, `write`, `exit` and `rt_sigreturn` are left, to the
/// monitor as well.
enum StrictMode {
  /// The kernel sees to it.
  static var native: UInt32 { 1 }
  /// The monitor sees to it: the kernel has no strict mode for a process with a filter.
  static var own: UInt32 { 2 }
}

private var isFallback: Bool { Monitor.options & UInt32(SW_OPTION_TRAP_SECCOMP) != 0 }

/// `prctl(2)`: a target cannot disarm the trap of the monitor, nor see its filter.
func processControl(_ thread: inout ThreadRecord) -> Next {
  let getSeccomp: UInt64 = 21
  let setSeccomp: UInt64 = 22
  let setDispatch: UInt64 = 59
  let strict: UInt64 = 1
  switch thread.call.a {
  case setDispatch: return changeDispatch(&thread)
  case getSeccomp where isFallback && !Monitor.isFiltered: return thread.answer(0)
  case setSeccomp: return thread.call.b == strict ? enterStrict(&thread) : enterFilter(&thread)
  default: return .issue
  }
}

/// `seccomp(2)`.
func filterSelf(_ thread: inout ThreadRecord) -> Next {
  let setStrict: UInt64 = 0
  let setFilter: UInt64 = 1
  let isPlain = thread.call.b == 0 && thread.call.c == 0
  switch thread.call.a {
  case setStrict where isPlain: return enterStrict(&thread)
  case setFilter: return enterFilter(&thread)
  default: return .issue
  }
}

private func enterFilter(_ thread: inout ThreadRecord) -> Next {
  Rewriting.stop(&thread)
  thread.finish = Finish.filter.rawValue
  return .issue
}

/// A filter with a listener gives its descriptor; one of all threads the thread that it failed for.
func finishFilter(_ thread: borrowing ThreadRecord) {
  if thread.result >= 0 {
    Monitor.with { $0.isFiltered = 1 }
  } else if !Monitor.isFiltered {
    Rewriting.resume()
  }
}

private func enterStrict(_ thread: inout ThreadRecord) -> Next {
  if isFallback, !Monitor.isFiltered {
    thread.strict = StrictMode.own
    return thread.answer(0)
  }
  thread.finish = Finish.strict.rawValue
  return .issue
}

/// Ends a thread in the strict mode that makes a call which is not left to it.
func enforceStrict(_ number: SyscallNumber) {
  switch number {
  case .read, .write, .exit, .signalReturn: return
  default: KernelAction.endProcess(by: .kill)
  }
}

/// Syscall User Dispatch of the target's own: switching it off, as it is, succeeds; switching it
/// on is refused, as by a kernel that lacks it.
///
/// - Source: `task_set_syscall_user_dispatch` in `kernel/entry/syscall_user_dispatch.c`.
private func changeDispatch(_ thread: inout ThreadRecord) -> Next {
  let call = thread.call
  let off: UInt64 = 0
  let exclusive: UInt64 = 1
  let endOfMemory: UInt64 = 0x7fff_ffff_f000
  if call.b == off {
    let isClean = call.c == 0 && call.d == 0 && call.e == 0
    return thread.answer(isClean ? 0 : Errno.invalid.result)
  }
  let isRange = call.c == 0 || call.c &+ call.d > call.c
  guard call.b == exclusive, isRange else { return thread.answer(Errno.invalid.result) }
  let isAddress = call.e < endOfMemory
  return thread.answer(isAddress ? Errno.invalid.result : Errno.badAddress.result)
}
