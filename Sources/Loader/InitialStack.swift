// SPDX-License-Identifier: Apache-2.0 WITH Swift-exception
// The stack that the kernel built: argc, argv, envp and the auxiliary vector.

package import Dispatcher
package import LinuxABI

/// Keys of the auxiliary vector.
///
/// - Source: `getauxval(3)`, `include/uapi/linux/auxvec.h`.
struct AuxiliaryKey: RawRepresentable, Equatable {
  let rawValue: UInt64

  init(rawValue: UInt64) { self.rawValue = rawValue }

  private init(_ rawValue: UInt64) { self.rawValue = rawValue }

  /// The corresponding C constant is `AT_NULL`.
  static var end: Self { Self(0) }
  /// The corresponding C constant is `AT_IGNORE`.
  static var ignore: Self { Self(1) }
  /// The corresponding C constant is `AT_PHDR`.
  static var programHeaders: Self { Self(3) }
  /// The corresponding C constant is `AT_PHNUM`.
  static var programHeaderCount: Self { Self(5) }
  /// The corresponding C constant is `AT_BASE`.
  static var interpreterBase: Self { Self(7) }
  /// The corresponding C constant is `AT_ENTRY`.
  static var entry: Self { Self(9) }
  /// The corresponding C constant is `AT_EXECFN`.
  static var execName: Self { Self(31) }
  /// The corresponding C constant is `AT_SYSINFO_EHDR`.
  static var vdso: Self { Self(33) }
}

/// Where the parts of the initial stack lie.
struct InitialStack {
  let start: TargetAddress
  let argumentCount: UInt64
  /// Addresses of the first argument and of the first environment string.
  let arguments: TargetAddress
  let environment: TargetAddress
  let auxiliary: TargetAddress
  /// Bytes of the auxiliary vector with its end.
  let auxiliarySize: UInt64

  init(at start: TargetAddress) throws(Errno) {
    self.start = start
    argumentCount = try TargetMemory.word(at: start)
    arguments = start.advanced(by: 8)
    environment = arguments.advanced(by: (argumentCount + 1) * 8)
    var next = environment
    while try TargetMemory.word(at: next) != 0 { next = next.advanced(by: 8) }
    auxiliary = next.advanced(by: 8)
    next = auxiliary
    while try TargetMemory.word(at: next) != AuxiliaryKey.end.rawValue {
      next = next.advanced(by: 16)
    }
    auxiliarySize = next.rawValue - auxiliary.rawValue + 16
  }

  /// The value of an entry, or 0.
  func auxiliary(_ key: AuxiliaryKey) throws(Errno) -> UInt64 {
    guard let entry = try find(key) else { return 0 }
    return try TargetMemory.word(at: entry.advanced(by: 8))
  }

  /// Changes an entry where it stands.
  func set(_ key: AuxiliaryKey, _ value: UInt64) throws(Errno) {
    guard let entry = try find(key) else { return }
    try TargetMemory.store(value, to: entry.advanced(by: 8))
  }

  /// Makes an entry one that readers pass over.
  func hide(_ key: AuxiliaryKey) throws(Errno) {
    guard let entry = try find(key) else { return }
    try TargetMemory.store(AuxiliaryKey.ignore.rawValue, to: entry)
  }

  private func find(_ key: AuxiliaryKey) throws(Errno) -> TargetAddress? {
    var next = auxiliary
    while true {
      let found = try TargetMemory.word(at: next)
      if found == key.rawValue { return next }
      if found == AuxiliaryKey.end.rawValue { return nil }
      next = next.advanced(by: 16)
    }
  }
}
