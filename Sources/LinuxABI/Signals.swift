// SPDX-License-Identifier: Apache-2.0 WITH Swift-exception
// Signal numbers and sets of them.

/// A signal number, 1 to 64.
///
/// - Source: `signal(7)`.
package struct SignalNumber: RawRepresentable, Equatable, Sendable {
  package let rawValue: Int32

  /// Fails for what is no signal.
  package init?(rawValue: Int32) {
    guard (1...64).contains(rawValue) else { return nil }
    self.rawValue = rawValue
  }

  private init(_ rawValue: Int32) { self.rawValue = rawValue }

  /// Row in a table of all signals.
  package var index: Int { Int(rawValue) - 1 }

  /// The corresponding C constant is `SIGTRAP`.
  package static var trap: Self { Self(5) }
  /// The corresponding C constant is `SIGBUS`.
  package static var bus: Self { Self(7) }
  /// The corresponding C constant is `SIGKILL`.
  package static var kill: Self { Self(9) }
  /// The corresponding C constant is `SIGSEGV`.
  package static var segmentation: Self { Self(11) }
  /// The corresponding C constant is `SIGCHLD`.
  package static var child: Self { Self(17) }
  /// The corresponding C constant is `SIGSTOP`.
  package static var stop: Self { Self(19) }
  /// The corresponding C constant is `SIGSYS`.
  package static var badCall: Self { Self(31) }
}

/// A set of signals in the kernel's form: bit n-1 stands for signal n.
package struct SignalSet: FlagSet {
  package let rawValue: UInt64

  package init(rawValue: UInt64) { self.rawValue = rawValue }

  package init(_ signal: SignalNumber) { rawValue = 1 << UInt64(signal.index) }

  package func contains(_ signal: SignalNumber) -> Bool {
    rawValue >> UInt64(signal.index) & 1 != 0
  }

  /// Every signal.
  package static var all: Self { Self(rawValue: ~0) }

  /// `SIGKILL` and `SIGSTOP`, which no mask holds.
  package static var unmaskable: Self { Self(.kill).union(Self(.stop)) }

  /// The signals that the monitor needs for itself and never blocks in the kernel: traps come as
  /// `SIGSYS`, faults of its copies as `SIGSEGV` and `SIGBUS`. What the target does to them is
  /// kept by the monitor and shown to the target as it believes it.
  package static var reserved: Self {
    Self(.badCall).union(Self(.segmentation)).union(Self(.bus))
  }
}
