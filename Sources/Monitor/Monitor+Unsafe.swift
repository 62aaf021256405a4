// SPDX-License-Identifier: Apache-2.0 WITH Swift-exception
// The monitor's composition root: CShim hands over, the Loader takes it from here.

internal import Dispatcher
internal import LinuxABI
internal import Loader

/// First Swift code of the process; see begin.c.
@c(sw_main)
public func monitorMain(_ stack: UnsafePointer<UInt64>) -> Never {
  // SAFETY: the pointer is only turned into a number.
  start(stack: TargetAddress(UInt64(UInt(bitPattern: stack))))
}

/// The symbol that the package manager's link names; the real entry is `sw_start`.
@c(Monitor_main)
public func unusedMain() {}
