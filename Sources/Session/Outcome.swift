// SPDX-License-Identifier: Apache-2.0 WITH Swift-exception
// How a command ended, and ending in the same way.

import CSession
import Glibc
import LinuxABIHosted

/// The end of the command, which becomes that of sysweir.
package enum Outcome: Equatable, Sendable {
  case exited(Int32)
  case killed(Int32)

  /// Ends this process as the command ended.
  package func imitate() -> Never {
    switch self {
    case .exited(let status):
      exit(status)
    case .killed(let number):
      // The core, if there was one to write, is the target's.
      csession_forbid_dump()
      SignalState.setDefault(number)
      _ = kill(getpid(), number)
      // If it fails, or the signal does not kill, there is still the status below.
      _ = try? SignalState.replaceMask(.none)
      exit(128 + number)
    }
  }
}
