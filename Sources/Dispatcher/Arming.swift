// SPDX-License-Identifier: Apache-2.0 WITH Swift-exception
// Arms the trap for the running thread.

internal import CLayout
internal import CShim
package import LinuxABI

/// The two ways to catch every call that is not made from the monitor's code.
package enum Arming {
  /// Arms Syscall User Dispatch; children of every kind start without it.
  ///
  /// There is no selector byte: every call from outside the monitor's code is always dispatched.
  /// With seccomp there is nothing to do, since filters are inherited.
  /// - Source: `Documentation/admin-guide/syscall-user-dispatch.rst`.
  package static func arm() {
    guard Monitor.options & UInt32(SW_OPTION_TRAP_SECCOMP) == 0 else { return }
    let setDispatch = 59
    let on = 1
    let result = Kernel.call(
      .prctl, setDispatch, on, Int(bits: Monitor.code), Int(bits: Monitor.codeLength), 0)
    // A thread that cannot be watched must not run.
    if result != 0 { Kernel.exit(status: 125) }
  }
}
