// SPDX-License-Identifier: Apache-2.0 WITH Swift-exception
// Reading signals from their descriptor.

import CSession
import Glibc
import LinuxABIHosted

extension SignalInbox {
  /// - Precondition: every signal is blocked.
  init() throws(Errno) { descriptor = try Descriptor.adopting(result: csession_open_inbox()) }

  /// Waits for the next signal.
  func next() throws(Errno) -> ReceivedSignal {
    var signal = csession_signal()
    // SAFETY: the structure lives over the call, which fills all of it or fails.
    let result = unsafe csession_read_inbox(descriptor.rawNumber, &signal)
    if let error = Errno(result: Int(result)) { throw error }
    return ReceivedSignal(
      number: signal.number, code: signal.code, sender: signal.sender, user: signal.user,
      value: signal.value)
  }

  /// Waits for the next signal for at most so many milliseconds.
  func next(within timeout: Int32) throws(Errno) -> ReceivedSignal? {
    var polled = pollfd(fd: descriptor.rawNumber, events: Int16(POLLIN), revents: 0)
    // SAFETY: the structure lives over the call, and it is the only one.
    let count = unsafe poll(&polled, 1, timeout)
    if count < 0 && errno != EINTR { throw .current }
    return count > 0 ? try next() : nil
  }

  /// The signals that wait already; an exec leaves those that were blocked to its process.
  func waiting() throws(Errno) -> [ReceivedSignal] {
    var signals: [ReceivedSignal] = []
    while let signal = try next(within: 0) { signals.append(signal) }
    return signals
  }
}
