// SPDX-License-Identifier: Apache-2.0 WITH Swift-exception
// The features of the kernel that sysweir uses, or will use.

/// A feature that is really tried, not read off a version.
package enum Feature: String, CaseIterable, Sendable {
  case userDispatch = "user-dispatch"
  case inclusiveDispatch = "user-dispatch-inclusive"
  case seccompTrap = "seccomp-trap"
  case seccompNotify = "seccomp-notify"
  case proc = "proc"
  case memoryFiles = "memfd"
  case executableMemoryFiles = "memfd-exec"
  case writeSeal = "seal-future-write"
  case memorySeal = "mseal"
  case protectionKeys = "pkeys"
  case landlock = "landlock"
  case memoryMap = "set-mm-map"
  case executableLink = "set-exe-link"
  case executeCheck = "execve-check"
  case clone3 = "clone3"
  case closeRange = "close-range"
  case openAt2 = "openat2"
  case legacyCalls = "int80"

  /// What people and man pages call it.
  package var title: String {
    switch self {
    case .userDispatch: "Syscall User Dispatch"
    case .inclusiveDispatch: "  its inclusive mode"
    case .seccompTrap: "seccomp filter that traps"
    case .seccompNotify: "seccomp user notification"
    case .proc: "/proc"
    case .memoryFiles: "memfd_create"
    case .executableMemoryFiles: "  of executable files"
    case .writeSeal: "  F_SEAL_FUTURE_WRITE"
    case .memorySeal: "mseal"
    case .protectionKeys: "protection keys"
    case .landlock: "Landlock"
    case .memoryMap: "PR_SET_MM_MAP"
    case .executableLink: "  of /proc/self/exe"
    case .executeCheck: "execveat AT_EXECVE_CHECK"
    case .clone3: "clone3"
    case .closeRange: "close_range"
    case .openAt2: "openat2"
    case .legacyCalls: "int $0x80"
    }
  }
}
