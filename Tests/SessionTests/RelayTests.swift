// SPDX-License-Identifier: Apache-2.0 WITH Swift-exception
// Which signals are passed on.

import Glibc
import Testing

@testable import Session

@Suite struct RelayTests {
  static let supervisor: pid_t = 100
  static let target: pid_t = 200
  static let stranger: pid_t = 300

  struct Case: Sendable, CustomTestStringConvertible {
    let signal: ReceivedSignal
    let leads: Bool
    let verdict: SignalRelay.Verdict

    init(
      _ number: Int32, _ code: Int32, from sender: pid_t = 0, leads: Bool = false,
      _ verdict: SignalRelay.Verdict
    ) {
      signal = ReceivedSignal(number: number, code: code, sender: sender)
      self.leads = leads
      self.verdict = verdict
    }

    var testDescription: String {
      "\(SignalName(signal.number)) code \(signal.code) from \(signal.sender) leads: \(leads)"
    }
  }

  static let cases = [
    Case(SIGTERM, SignalCode.user, from: stranger, .forward),
    Case(SIGTERM, SignalCode.queued, from: stranger, .forward),
    // A sender out of sight, in another pid namespace.
    Case(SIGTERM, SignalCode.user, from: 0, .forward),
    Case(SIGTERM, SignalCode.user, from: target, .drop),
    Case(SIGPIPE, SignalCode.user, from: supervisor, .drop),
    Case(SIGINT, SignalCode.kernel, .drop),
    Case(SIGTSTP, SignalCode.kernel, .drop),
    Case(SIGWINCH, SignalCode.kernel, .drop),
    Case(SIGINT, SignalCode.user, from: stranger, .forward),
    Case(SIGHUP, SignalCode.kernel, .drop),
    Case(SIGHUP, SignalCode.kernel, leads: true, .forward),
    Case(SIGALRM, SignalCode.kernel, .forward),
    Case(SIGXCPU, SignalCode.kernel, .forward),
    Case(SIGCHLD, Int32(CLD_EXITED), from: target, .drop),
  ]

  @Test(arguments: cases) func `a signal is for the target or not`(example: Case) {
    let relay = SignalRelay(supervisor: Self.supervisor, leadsSession: example.leads)
    let verdict = relay.verdict(on: example.signal) { $0 == Self.target }
    #expect(verdict == example.verdict)
  }
}
