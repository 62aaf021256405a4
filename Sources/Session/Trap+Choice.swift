// SPDX-License-Identifier: Apache-2.0 WITH Swift-exception
// Choosing how calls are caught.

import CSession
import LinuxABIHosted

extension Trap {
  /// - Throws: `nested` inside another session; `noTrap` if the kernel offers none that the user allows.
  static func choose(_ choice: TrapChoice) throws(SessionError) -> Trap {
    let dispatch = csession_probe_user_dispatch()
    if dispatch == -Errno.busy.rawValue { throw .nested }
    if choice != .seccomp, dispatch == 0 { return .userDispatch }
    if choice != .sud, csession_probe_seccomp_trap() == 0 { return .seccomp }
    throw .noTrap(wanted: choice)
  }
}
