// SPDX-License-Identifier: Apache-2.0 WITH Swift-exception
// What the user chose for a session.

/// How calls are to be caught.
package enum TrapChoice: String, CaseIterable, Sendable {
  /// Syscall User Dispatch, or seccomp where the kernel refuses that.
  case auto
  /// Syscall User Dispatch and nothing else.
  case sud
  /// A seccomp filter and nothing else.
  case seccomp

  var explanation: String {
    switch self {
    case .auto: "both Syscall User Dispatch and seccomp filters"
    case .sud: "Syscall User Dispatch"
    case .seccomp: "seccomp filters that trap"
    }
  }
}

/// How calls are caught in a session that runs.
package enum Trap: String, Sendable {
  case userDispatch = "syscall user dispatch"
  case seccomp
}

/// Which calls come by a trap, and which by a jump.
package enum DispatchChoice: String, CaseIterable, Sendable {
  /// All by the trap.
  case trap
  /// Sites that trap again are rewritten, once that pays.
  case auto
  /// Sites are rewritten at their second trap.
  case eager
}

/// What becomes of targets whose supervisor died before them.
package enum DeathPolicy: String, CaseIterable, Sendable {
  case kill
  case `continue`
}

/// What the target gets for a vDSO.
package enum VirtualObjectChoice: String, CaseIterable, Sendable {
  /// None, so that every call is a real one.
  case hide
  /// The kernel's own, whose calls nobody sees.
  case keep
}

/// Where the statistics go.
package enum StatisticsTarget: Equatable, Sendable {
  case none
  case standardError
  case file(NativeString)
}

package struct SessionOptions: Sendable {
  package var trap = TrapChoice.auto
  package var dispatch = DispatchChoice.auto
  package var virtualObject = VirtualObjectChoice.hide
  package var onSupervisorDeath = DeathPolicy.continue
  package var waitsForAll = false
  package var statistics = StatisticsTarget.none
  package var writesJSON = false

  package init() {}
}
