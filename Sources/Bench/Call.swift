// SPDX-License-Identifier: Apache-2.0 WITH Swift-exception
// The calls that are measured.

/// One thing that programs ask of the kernel; the raw value is the probe's word for it.
package enum Call: String, CaseIterable, Sendable {
  case unknown
  case getppid
  case write
  case open
  case pread
  case futex
  case fork
  case spawn

  /// What exactly is done, for people.
  package var title: String {
    switch self {
    case .unknown: "a call that the kernel does not have (number 500)"
    case .getppid: "getppid"
    case .write: "write of 1 byte to /dev/null"
    case .open: "open and close of /dev/null"
    case .pread: "pread of 4 KiB from the page cache"
    case .futex: "futex wake without waiters"
    case .fork: "fork, and wait for the child's end"
    case .spawn: "posix_spawn of /bin/true to its end"
    }
  }
}
