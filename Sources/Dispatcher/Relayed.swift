// SPDX-License-Identifier: Apache-2.0 WITH Swift-exception
// Signals that the supervisor passes on: shown as they were sent, and only once.

internal import CLayout
package import CShim
package import LinuxABI

/// A signal to a whole process group reaches the supervisor and the target. The supervisor cannot
/// tell it from one that was meant for itself, and passes both on; the target knows what it had.
///
///     kill PID     --> [ supervisor ] --marked--> target     shown as sent by the first sender
///     kill -- -PGID -> [ supervisor ] --marked--> target     dropped: it came directly as well
///                  `--------------------------^
enum Relayed {
  /// Milliseconds that may lie between a signal here and at the supervisor if they are one. Where
  /// both were waiting at once the kernel makes one of them, so a copy does not always come.
  private static var patience: UInt32 { 250 }

  /// Looks at a signal that has come, and gives a marked one its first sender back.
  ///
  /// - Returns: whether it is the copy of one that came before, and is not to be seen.
  static func isCopy(_ signal: SignalNumber, _ info: inout sw_siginfo) -> Bool {
    let codeUser: Int32 = 0
    let codeQueued: Int32 = -1
    let isMarked = info.code == codeQueued && info.syscall == Int32(SW_RELAYED)
    guard isMarked || info.code == codeUser, !Monitor.isFiltered else { return false }
    let sent = (signal: UInt32(signal.rawValue), sender: info.address)
    guard isMarked else {
      let time = now()
      Monitor.with {
        ($0.lastSignal, $0.lastSender, $0.lastTime) = (sent.signal, sent.sender, time)
      }
      return false
    }
    let time = info.architecture
    info.code = codeUser
    info.syscall = 0
    info.architecture = 0
    return Monitor.with { state in
      let isSame = state.lastSignal == sent.signal && state.lastSender == sent.sender
      let isCopy = isSame && (time &- state.lastTime &+ patience) < 2 &* patience
      if isCopy { state.lastSignal = 0 }
      return isCopy
    }
  }

  /// Milliseconds of the monotonic clock; wraps.
  private static func now() -> UInt32 {
    var time: (seconds: UInt64, nanoseconds: UInt64) = (0, 0)
    let monotonic = 1
    Kernel.call(.clockGetTime, monotonic, Int(bits: TargetMemory.address(of: &time)))
    return UInt32(truncatingIfNeeded: time.seconds &* 1000 &+ time.nanoseconds / 1_000_000)
  }
}
