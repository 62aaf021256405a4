// SPDX-License-Identifier: Apache-2.0 WITH Swift-exception
// Which signals of the supervisor are meant for the target.

import Glibc

/// Decides on signals that reached the supervisor.
///
///     terminal ----SIGINT---> [ supervisor | target ]   both are in the foreground group
///     kill PID ----SIGTERM--> [ supervisor ] ---------> target
///     target   ----kill(0)--> [ supervisor | target ]   it has reached the target already
struct SignalRelay {
  let supervisor: pid_t
  /// Whether the kernel tells this process, as the leader of its session, of a hang-up.
  let leadsSession: Bool

  /// Signals that stop a process unless it handles them.
  static let stops: Set<Int32> = [SIGTSTP, SIGTTIN, SIGTTOU]
  /// Signals that people end a process with.
  static let ends: Set<Int32> = [SIGINT, SIGQUIT, SIGTERM, SIGHUP]

  enum Verdict: Equatable {
    case forward
    case drop
  }

  /// Signals that a terminal sends to every process of its foreground group.
  private static let terminalSignals: Set<Int32> = [
    SIGINT, SIGQUIT, SIGTSTP, SIGTTIN, SIGTTOU, SIGWINCH,
  ]

  /// - Parameter isTarget: tells of a process id whether it belongs to the session's targets.
  func verdict(on signal: ReceivedSignal, isTarget: (pid_t) -> Bool) -> Verdict {
    if signal.isSentByProcess {
      let isOwn = signal.sender == supervisor || isTarget(signal.sender)
      return isOwn && signal.sender != 0 ? .drop : .forward
    }
    if signal.number == SIGCHLD || Self.terminalSignals.contains(signal.number) { return .drop }
    if signal.number == SIGHUP || signal.number == SIGCONT {
      return leadsSession ? .forward : .drop
    }
    // Timers and limits that this process had before it became sysweir.
    return .forward
  }
}
