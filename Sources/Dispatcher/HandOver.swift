// SPDX-License-Identifier: Apache-2.0 WITH Swift-exception
// Signals to the process that a trap brought to the wrong thread.

internal import CLayout
package import CShim
package import LinuxABI

/// The kernel wakes the first thread of a process for a signal that was sent to all of it. But
/// whoever changes its mask meanwhile takes the signal first, and a trap changes the mask twice.
/// Such a signal is handed on to the thread that would natively have had it, with all it said.
///
/// - Source: `complete_signal` and `recalc_sigpending` in `kernel/signal.c`.
enum HandOver {
  private static var none: UInt32 { 0 }
  private static var writing: UInt32 { 1 }
  private static var there: UInt32 { 2 }

  /// Hands a signal to the first thread, if it is one for it; whether that was done.
  static func toLeader(
    _ signal: SignalNumber, _ info: sw_siginfo, _ thread: borrowing ThreadRecord
  ) -> Bool {
    let address = TargetAddress(Monitor.with { $0.leader })
    let pid = thread.pid
    guard thread.tid != pid, isForProcess(signal, info),
      ThreadRecord.at(address, { $0.wants(signal, pid: pid) }) == true
    else { return false }
    let isTaken = ThreadRecord.at(address) { leader in
      let state = TargetMemory.address(of: &leader.mailState)
      guard Atomic.exchange(state, from: none, to: writing) else { return false }
      OwnMemory.store(info, to: TargetMemory.address(of: &leader.mail))
      Atomic.store(there, to: state)
      return true
    }
    guard isTaken == true else { return false }
    Kernel.call(.tgkill, Int(pid), Int(pid), Int(signal.rawValue))
    return true
  }

  /// What a signal said when it was sent, if it came by hand.
  static func original(
    _ signal: SignalNumber, _ info: sw_siginfo, _ thread: inout ThreadRecord
  ) -> sw_siginfo {
    let codeThread: Int32 = -6
    let state = TargetMemory.address(of: &thread.mailState)
    guard info.code == codeThread, Atomic.load(state) == there,
      thread.mail.signal == signal.rawValue
    else { return info }
    let original = thread.mail
    Atomic.store(none, to: state)
    return original
  }

  /// Whether a signal was certainly sent to the process and not to a thread.
  private static func isForProcess(_ signal: SignalNumber, _ info: sw_siginfo) -> Bool {
    let codeUser: Int32 = 0
    let codeKernel: Int32 = 0x80
    switch signal.rawValue {
    // Faults, and what the kernel sends to the thread whose call failed.
    case 4, 5, 7, 8, 11, 13, 25, 31: return false
    case SignalNumber.child.rawValue: return true
    default: return info.code == codeUser || info.code == codeKernel
    }
  }
}

extension ThreadRecord {
  /// Whether the kernel would have chosen this thread for a signal to its process.
  fileprivate func wants(_ signal: SignalNumber, pid: UInt32) -> Bool {
    let isWaiting = state == UInt32(SW_STATE_ENTERING) && hasTemporaryMask != 0
    let inForce = SignalSet(rawValue: isWaiting ? temporaryMask : mask)
    return self.pid == pid && tid == pid && !isLeaving && !inForce.contains(signal)
  }
}
