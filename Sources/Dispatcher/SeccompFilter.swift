// SPDX-License-Identifier: Apache-2.0 WITH Swift-exception
// The fallback trap: a seccomp filter that lets through what comes from the monitor's code.

internal import CShim
package import LinuxABI

/// One instruction of classic BPF; the kernel's struct sock_filter.
private struct FilterInstruction: BitwiseCopyable {
  var code: UInt16
  var ifTrue: UInt8
  var ifFalse: UInt8
  var value: UInt32

  /// Loads a word of struct seccomp_data.
  static func load(_ offset: UInt32) -> Self {
    Self(code: 0x20, ifTrue: 0, ifFalse: 0, value: offset)
  }
  static func equal(_ value: UInt32, else skip: UInt8) -> Self {
    Self(code: 0x15, ifTrue: 0, ifFalse: skip, value: value)
  }
  static func atLeast(_ value: UInt32, then skip: UInt8, else other: UInt8) -> Self {
    Self(code: 0x35, ifTrue: skip, ifFalse: other, value: value)
  }
  static func answer(_ value: UInt32) -> Self {
    Self(code: 0x06, ifTrue: 0, ifFalse: 0, value: value)
  }
}

/// The kernel's struct sock_fprog.
private struct FilterProgram: BitwiseCopyable {
  var length: UInt64
  var address: UInt64
}

/// Installs the filter, for this process and all that come from it.
///
/// Filters cannot be taken off, so the monitor stands at the same place after every exec.
/// - Source: `seccomp(2)`.
package enum SeccompFilter {
  package static func install() throws(Errno) {
    let start = Monitor.code
    let end = start + Monitor.codeLength
    guard start >> 32 == end >> 32 else { throw .invalid }
    let pointerLow: UInt32 = 8
    let trap: UInt32 = 0x0003_0000 | UInt32(SW_SECCOMP_TAG)
    let allow: UInt32 = 0x7fff_0000
    var code = (
      FilterInstruction.load(pointerLow + 4),
      FilterInstruction.equal(UInt32(truncatingIfNeeded: start >> 32), else: 4),
      FilterInstruction.load(pointerLow),
      FilterInstruction.atLeast(UInt32(truncatingIfNeeded: start), then: 0, else: 2),
      FilterInstruction.atLeast(UInt32(truncatingIfNeeded: end), then: 1, else: 0),
      FilterInstruction.answer(allow),
      FilterInstruction.answer(trap)
    )
    let address = TargetMemory.address(of: &code)
    var program = FilterProgram(length: 7, address: address.rawValue)
    let pointer = Int(bits: TargetMemory.address(of: &program))
    let setFilter = 1
    if Kernel.call(.seccomp, setFilter, 0, pointer) == 0 { return }
    // Without privileges only a process that can gain none may filter itself.
    let noNewPrivileges = 38
    try Kernel.attempt(.prctl, noNewPrivileges, 1, 0, 0, 0)
    try Kernel.attempt(.seccomp, setFilter, 0, pointer)
  }
}
