// SPDX-License-Identifier: Apache-2.0 WITH Swift-exception
// Records of threads by their address.

package import CShim
package import LinuxABI

/// Everything the monitor knows of one thread; see thread.h.
package typealias ThreadRecord = sw_thread

extension ThreadRecord {
  /// Works on the record at an address.
  package static func at<R>(_ address: TargetAddress, _ body: (inout ThreadRecord) -> R) -> R? {
    guard
      let pointer = unsafe UnsafeMutablePointer<ThreadRecord>(
        bitPattern: UInt(address.rawValue))
    else { return nil }
    // SAFETY: addresses of records come from `ThreadArea`, which never unmaps one.
    return unsafe body(&pointer.pointee)
  }
}

/// State of the monitor that the threads of an address space share.
package enum Monitor {
  /// Works on the shared state. Fields that change after the start are only touched through
  /// `Atomic`, or under the lock of the areas.
  package static func with<R>(_ body: (inout sw_monitor) -> R) -> R {
    // SAFETY: the state is a C global, which lives as long as the program.
    unsafe body(&sw_monitor_state().pointee)
  }

  package static var session: TargetAddress {
    TargetAddress(unsafe sw_monitor_state().pointee.session)
  }

  package static var options: UInt32 { unsafe sw_monitor_state().pointee.options }

  package static var policy: TargetAddress {
    TargetAddress(unsafe sw_monitor_state().pointee.policy)
  }

  package static var policyLength: UInt64 { unsafe sw_monitor_state().pointee.policyLength }

  /// Where the path of the executable is kept.
  package static var path: TargetAddress { TargetAddress(sw_monitor_path()) }

  /// Where a message is put together.
  package static var message: TargetAddress { TargetAddress(sw_monitor_message()) }

  package static var pathLength: UInt64 { UInt64(unsafe sw_monitor_state().pointee.pathLength) }

  /// Whether the kernel's link to the executable leads to the monitor.
  package static var answersExecutable: Bool {
    unsafe sw_monitor_state().pointee.answersExecutable != 0
  }

  /// Whether the target has a seccomp filter of its own.
  package static var isFiltered: Bool { unsafe sw_monitor_state().pointee.isFiltered != 0 }

  package static var code: UInt64 { unsafe sw_monitor_state().pointee.code }

  package static var codeLength: UInt64 { unsafe sw_monitor_state().pointee.codeLength }

  /// Whether an address lies in the monitor's code.
  package static func contains(_ address: UInt64) -> Bool { address &- code < codeLength }
}
