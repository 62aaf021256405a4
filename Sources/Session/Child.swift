// SPDX-License-Identifier: Apache-2.0 WITH Swift-exception
// The first process of a session, as its parent sees it.

import Glibc
import LinuxABIHosted

/// What waitid(2) reported of a child.
enum ChildChange: Equatable {
  case exited(Int32)
  case killed(Int32)
  case stopped(Int32)
  case continued
}

/// A child of this process that has not been waited for.
struct Child {
  let process: pid_t

  /// Sends it a signal; a child that is gone already does not mind.
  func send(_ number: Int32) { _ = kill(process, number) }
}
