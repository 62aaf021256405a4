// SPDX-License-Identifier: Apache-2.0 WITH Swift-exception
// Signals that reach the supervisor, one after the other.

import Glibc
import LinuxABIHosted

/// A signal that was sent to the supervisor, and by whom.
struct ReceivedSignal: Equatable {
  let number: Int32
  /// `SI_USER` and the like: how it was sent.
  let code: Int32
  var sender: pid_t = 0
  var user: uid_t = 0
  var value: UInt64 = 0

  /// Sent by a call of some process, and not by the kernel for a reason of its own.
  var isSentByProcess: Bool { code <= 0 }
}

/// Some of the codes that tell how a signal was sent.
enum SignalCode {
  /// The corresponding C constant is `SI_USER`.
  static let user: Int32 = 0
  /// The corresponding C constant is `SI_QUEUE`.
  static let queued: Int32 = -1
  /// The corresponding C constant is `SI_KERNEL`.
  static let kernel: Int32 = 0x80
}

/// The descriptor that all signals of this process are read from; they are blocked meanwhile.
struct SignalInbox: ~Copyable {
  let descriptor: Descriptor
}
