// SPDX-License-Identifier: Apache-2.0 WITH Swift-exception
// ptrace(2) by children that debuggers make.

package import CShim
package import LinuxABI

/// `ptrace(2)`: what a child of `vfork` asks for itself is put off to its exec.
///
/// From then on every signal stops it, a trap as well, and its parent, which waits for the exec in
/// the kernel, could not let it go on.
func trace(_ thread: inout ThreadRecord) -> Next {
  let traceMe: UInt64 = 0
  let flags = CloneFlags(rawValue: thread.childFlags)
  guard thread.call.a == traceMe, flags.contains(.vfork), flags.contains(.sharedMemory)
  else { return .issue }
  thread.isTracedLater = 1
  return thread.answer(0)
}

extension ThreadRecord {
  /// Makes up for what was put off. All signals are blocked, so that nothing stops the child.
  mutating func traceBeforeExec() {
    guard isTracedLater != 0 else { return }
    let traceMe = 0
    Kernel.call(.ptrace, traceMe)
    isTracedLater = 0
  }
}
