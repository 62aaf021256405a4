// SPDX-License-Identifier: Apache-2.0 WITH Swift-exception
// Calls about a child that take addresses.

import CLayout
import CSession
import Glibc
import LinuxABIHosted

extension Child {
  /// What has become of the child since the last time, or nil if nothing has.
  func change() throws(Errno) -> ChildChange? {
    var info = unsafe siginfo_t()
    let options = WEXITED | WSTOPPED | WCONTINUED | WNOHANG
    // SAFETY: waitid(2) fills the structure, or leaves its process id 0 if there is no news.
    while unsafe waitid(P_PID, id_t(process), &info, options) < 0 {
      guard errno == EINTR else { throw .current }
    }
    // SAFETY: si_signo is SIGCHLD if there is news, and then this member of the union is in use.
    let news = unsafe info._sifields._sigchld
    guard unsafe info.si_signo == SIGCHLD, news.si_pid == process else { return nil }
    switch unsafe info.si_code {
    case Int32(CLD_EXITED): return .exited(news.si_status)
    case Int32(CLD_KILLED), Int32(CLD_DUMPED): return .killed(news.si_status)
    case Int32(CLD_STOPPED), Int32(CLD_TRAPPED): return .stopped(news.si_status)
    case Int32(CLD_CONTINUED): return .continued
    default: return nil
    }
  }

  /// Lets go of orphans, of which the first process of a system is made the parent.
  static func reapOthers(than child: Child) throws(Errno) {
    while true {
      var info = unsafe siginfo_t()
      // SAFETY: waitid(2) fills the structure, or leaves its process id 0 if there is no news.
      let result = unsafe waitid(P_ALL, 0, &info, WEXITED | WNOHANG | WNOWAIT)
      // SAFETY: with news of a child, this member of the union is in use.
      let process = unsafe info._sifields._sigchld.si_pid
      guard result == 0, process != 0, process != child.process else { return }
      guard waitpid(process, nil, WNOHANG) > 0 else { throw .current }
    }
  }

  /// Passes a signal on; one that a process sent keeps its sender, and its value if it has one.
  func forward(_ signal: ReceivedSignal) {
    let isPlain = signal.code == SignalCode.user
    guard isPlain || signal.code == SignalCode.queued else { return send(signal.number) }
    let result = csession_queue(
      process, signal.number, SignalCode.queued, UInt32(bitPattern: signal.sender), signal.user,
      isPlain ? Self.relayMark : signal.value)
    if result < 0 { send(signal.number) }
  }

  /// Tells the target that it was not sysweir who sent a signal, and when that came.
  private static var relayMark: UInt64 {
    var time = timespec()
    // SAFETY: the structure lives over the call; this clock is always there.
    _ = unsafe clock_gettime(CLOCK_MONOTONIC, &time)
    let milliseconds = UInt32(truncatingIfNeeded: time.tv_sec * 1000 + time.tv_nsec / 1_000_000)
    return UInt64(milliseconds) << 32 | UInt64(SW_RELAYED)
  }
}
