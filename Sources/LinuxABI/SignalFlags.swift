// SPDX-License-Identifier: Apache-2.0 WITH Swift-exception
// Flags of signal actions and alternate stacks.

/// Flags of a signal action.
///
/// - Source: `sigaction(2)`, `include/uapi/asm-generic/signal-defs.h`.
package struct SignalFlags: FlagSet {
  package let rawValue: UInt64

  package init(rawValue: UInt64) { self.rawValue = rawValue }

  /// The corresponding C constant is `SA_NOCLDSTOP`.
  package static var noChildStop: Self { Self(rawValue: 1) }
  /// The corresponding C constant is `SA_NOCLDWAIT`.
  package static var noChildWait: Self { Self(rawValue: 2) }
  /// The corresponding C constant is `SA_SIGINFO`.
  package static var info: Self { Self(rawValue: 4) }
  /// The corresponding C constant is `SA_EXPOSE_TAGBITS`.
  package static var exposeTagBits: Self { Self(rawValue: 0x800) }
  /// The corresponding C constant is `SA_RESTORER`.
  package static var restorer: Self { Self(rawValue: 0x0400_0000) }
  /// The corresponding C constant is `SA_ONSTACK`.
  package static var onStack: Self { Self(rawValue: 0x0800_0000) }
  /// The corresponding C constant is `SA_RESTART`.
  package static var restart: Self { Self(rawValue: 0x1000_0000) }
  /// The corresponding C constant is `SA_NODEFER`.
  package static var noDefer: Self { Self(rawValue: 0x4000_0000) }
  /// The corresponding C constant is `SA_RESETHAND`.
  package static var resetHandler: Self { Self(rawValue: 0x8000_0000) }

  /// What the kernel keeps of the flags it is given.
  package static var supported: Self { Self(rawValue: 0xdc00_0807) }
}

/// What a handler's address says when it is none.
package enum SignalDisposition {
  /// The corresponding C constant is `SIG_DFL`.
  package static var standard: UInt64 { 0 }
  /// The corresponding C constant is `SIG_IGN`.
  package static var ignore: UInt64 { 1 }
}

/// Flags in the kernel's `stack_t`.
///
/// - Source: `sigaltstack(2)`.
package enum AlternateStackFlags {
  /// The corresponding C constant is `SS_ONSTACK`.
  package static var onStack: Int32 { 1 }
  /// The corresponding C constant is `SS_DISABLE`.
  package static var disable: Int32 { 2 }
  /// The corresponding C constant is `SS_AUTODISARM`.
  package static var autoDisarm: Int32 { -0x8000_0000 }
  /// The corresponding C constant is `MINSIGSTKSZ`, of the kernel.
  package static var minimumSize: UInt64 { 2048 }
}
