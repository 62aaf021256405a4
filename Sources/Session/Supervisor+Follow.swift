// SPDX-License-Identifier: Apache-2.0 WITH Swift-exception
// What the supervisor does between the start and the end of a session.

import Glibc
import LinuxABIHosted

extension Supervisor {
  /// Passes signals on until the command has ended, and all its processes if that is wanted.
  mutating func follow(toEndOfAll waitsForAll: Bool) throws(SessionError) -> Outcome {
    do {
      let outcome = try followChild()
      guard waitsForAll else { return outcome }
      return try followOthers() ?? outcome
    } catch {
      throw .system("follow the command", error)
    }
  }

  private mutating func followChild() throws(Errno) -> Outcome {
    while true {
      let signal = try inbox.next()
      if let outcome = try observeChild() { return outcome }
      handle(signal)
    }
  }

  private mutating func observeChild() throws(Errno) -> Outcome? {
    if relay.supervisor == 1 { try Child.reapOthers(than: child) }
    while let change = try child.change() {
      switch change {
      case .exited(let status): return .exited(status)
      case .killed(let number): return .killed(number)
      case .continued: isChildStopped = false
      case .stopped(let number):
        isChildStopped = true
        // Somebody may have continued this process already, and the child is next.
        if try !SignalState.isPending(SIGCONT) { try stop(by: number) }
      }
    }
    return nil
  }

  /// Stops this process as its child was stopped, so that the shell sees its job stop.
  ///
  /// Somebody else may continue or kill the child alone; then this process goes on as well.
  private mutating func stop(by number: Int32) throws(Errno) {
    hasStopped = true
    let watch = StopWatch(of: child)
    try SignalState.stop(by: number)
    watch.end()
  }

  private mutating func handle(_ signal: ReceivedSignal) {
    if signal.number == SIGCONT {
      let endsStop = hasStopped
      hasStopped = false
      if isChildStopped { return child.send(SIGCONT) }
      // Sent to the whole group, as shells do, it has reached the child as well.
      if endsStop { return }
    }
    let verdict = relay.verdict(on: signal) { memory.isTarget($0) }
    if verdict == .forward { child.forward(signal) }
  }

  /// Waits until no other process is left, or somebody wants this one to end.
  ///
  /// - Returns: the end that was asked for, if so.
  private mutating func followOthers() throws(Errno) -> Outcome? {
    var pause: Int32 = 1
    while memory.hasTargets {
      if let signal = try inbox.next(within: pause) {
        if SignalRelay.stops.contains(signal.number) {
          try SignalState.stop(by: signal.number)
        } else if SignalRelay.ends.contains(signal.number) {
          return .killed(signal.number)
        }
      }
      pause = min(pause * 2, 50)
    }
    return nil
  }
}
