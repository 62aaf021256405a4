// SPDX-License-Identifier: Apache-2.0 WITH Swift-exception
// Calls that read and set the signal state of this process.

import Glibc
import LinuxABIHosted

extension SignalState {
  /// Blocks every signal, so that each waits to be read, and makes children's ends be reported.
  ///
  /// - Returns: the state before that.
  static func take() throws(Errno) -> SignalState {
    let mask = try replaceMask(.all)
    let ignored: [SignalNumber] = [.badCall, .segmentation, .bus, .child].filter(isIgnored)
    if ignored.contains(.child) { setDefault(SIGCHLD) }
    return SignalState(
      mask: mask, ignored: ignored.reduce(.none) { $0.union(SignalSet($1)) })
  }

  /// Sets the mask of the calling thread and gives the one before.
  @discardableResult
  static func replaceMask(_ mask: SignalSet) throws(Errno) -> SignalSet {
    var new = sigset_t()
    var old = sigset_t()
    new.__val.0 = UInt(mask.rawValue)
    // SAFETY: both sets live over the call; on this platform the first word holds all signals.
    guard unsafe sigprocmask(SIG_SETMASK, &new, &old) == 0 else { throw .current }
    return SignalSet(rawValue: UInt64(old.__val.0))
  }

  /// Whether a signal waits for this process.
  static func isPending(_ number: Int32) throws(Errno) -> Bool {
    var set = sigset_t()
    // SAFETY: the set lives over both calls.
    guard unsafe sigpending(&set) == 0 else { throw .current }
    return unsafe sigismember(&set, number) == 1
  }

  private static func isIgnored(_ signal: SignalNumber) -> Bool {
    var action = sigaction()
    // SAFETY: asks without changing; the union is read as the handler that it is without
    // SA_SIGINFO, and with it no handler has the value of SIG_IGN.
    guard unsafe sigaction(signal.rawValue, nil, &action) == 0 else { return false }
    let handler = unsafe unsafeBitCast(action.__sigaction_handler.sa_handler, to: UInt.self)
    return handler == 1
  }

  /// Lets a signal have its default effect again.
  static func setDefault(_ number: Int32) {
    var action = sigaction()
    // SAFETY: a zeroed action is the default one.
    _ = unsafe sigaction(number, &action, nil)
  }

  /// Stops this process by a signal, whatever that signal does otherwise.
  ///
  /// Returns when the process has been continued, or at once if the kernel does not stop it
  /// because no shell could continue it.
  static func stop(by number: Int32) throws(Errno) {
    var former = sigaction()
    // SAFETY: asks without changing.
    guard unsafe sigaction(number, nil, &former) == 0 else { throw .current }
    setDefault(number)
    let stopping = SignalSet(rawValue: 1 << UInt64(number - 1))
    // Sent while it is blocked, it merges with one that the terminal may have sent already.
    _ = kill(getpid(), number)
    let mask = try replaceMask(SignalSet.all.subtracting(stopping))
    try replaceMask(mask)
    // SAFETY: gives back what was read above.
    _ = unsafe sigaction(number, &former, nil)
  }
}
