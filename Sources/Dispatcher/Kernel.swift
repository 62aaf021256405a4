// SPDX-License-Identifier: Apache-2.0 WITH Swift-exception
// The monitor's own system calls, by the one door that CShim has for them.

internal import CShim
package import LinuxABI

/// System calls of the monitor; nothing here is judged or counted.
package enum Kernel {
  /// Makes a call; the result is the kernel's, an error as a negative number.
  @discardableResult
  package static func call(
    _ number: SyscallNumber, _ a: Int = 0, _ b: Int = 0, _ c: Int = 0, _ d: Int = 0,
    _ e: Int = 0, _ f: Int = 0
  ) -> Int {
    sw_syscall(Int(number.rawValue), a, b, c, d, e, f)
  }

  /// As `call`, with an error thrown.
  @discardableResult
  package static func attempt(
    _ number: SyscallNumber, _ a: Int = 0, _ b: Int = 0, _ c: Int = 0, _ d: Int = 0,
    _ e: Int = 0, _ f: Int = 0
  ) throws(Errno) -> Int {
    let result = call(number, a, b, c, d, e, f)
    if let error = Errno(result: result) { throw error }
    return result
  }

  /// Ends the process at once.
  package static func exit(status: Int) -> Never {
    while true { call(.exitGroup, status) }
  }

  /// Blocks every signal in the kernel but those by which faults of the monitor's copies come;
  /// the record still knows the target's mask.
  package static func blockSignals() {
    let faults = SignalSet(.segmentation).union(SignalSet(.bus))
    var mask = SignalSet.all.subtracting(faults).rawValue
    setMask(&mask)
  }

  /// Blocks every signal in the kernel; a fault is fatal meanwhile.
  package static func blockAllSignals() {
    var mask = SignalSet.all.rawValue
    setMask(&mask)
  }

  /// Sets the kernel's mask of this thread.
  package static func setMask(_ mask: inout UInt64) {
    let address = TargetMemory.address(of: &mask)
    call(.signalMask, 2, Int(bits: address), 0, 8)
  }
}

extension Int {
  /// An address as the kernel's calls take it.
  package init(bits address: TargetAddress) { self = Int(truncatingIfNeeded: address.rawValue) }

  /// A register as the kernel's calls take it.
  package init(bits register: UInt64) { self = Int(truncatingIfNeeded: register) }
}
