// SPDX-License-Identifier: Apache-2.0 WITH Swift-exception
// Copies between the monitor and memory that may not be there.

internal import CShim
package import LinuxABI

/// Memory of the monitor's own, by address: areas of threads and session memory, which stay mapped
/// as long as the process lives.
package enum OwnMemory {
  package static func load<T: BitwiseCopyable>(_ value: inout T, from address: TargetAddress) {
    copy(to: TargetMemory.address(of: &value), from: address, count: UInt64(MemoryLayout<T>.size))
  }

  package static func store<T: BitwiseCopyable>(_ value: T, to address: TargetAddress) {
    var copied = value
    copy(to: address, from: TargetMemory.address(of: &copied), count: UInt64(MemoryLayout<T>.size))
  }

  package static func word(at address: TargetAddress) -> UInt64 {
    var value: UInt64 = 0
    load(&value, from: address)
    return value
  }

  package static func copy(to target: TargetAddress, from source: TargetAddress, count: UInt64) {
    _ = sw_copy(target.rawValue, source.rawValue, count)
  }
}

/// Memory by address. Every access is fault-safe: what is not there throws `badAddress`.
package enum TargetMemory {
  /// Fills `value` from memory; it is as before if that fails in the middle of nothing.
  package static func load<T: BitwiseCopyable>(
    _ value: inout T, from address: TargetAddress
  ) throws(Errno) {
    // SAFETY: the pointer is valid for the call and the count is the value's own size; the source
    // is only touched by sw_copy, which answers faults.
    let result = unsafe withUnsafeMutablePointer(to: &value) { pointer in
      sw_copy(
        UInt64(UInt(bitPattern: pointer)), address.rawValue, UInt64(MemoryLayout<T>.size))
    }
    if result != 0 { throw .badAddress }
  }

  /// Writes `value` to memory.
  package static func store<T: BitwiseCopyable>(
    _ value: T, to address: TargetAddress
  ) throws(Errno) {
    var copy = value
    // SAFETY: as in `load`, the other way round.
    let result = unsafe withUnsafeMutablePointer(to: &copy) { pointer in
      sw_copy(
        address.rawValue, UInt64(UInt(bitPattern: pointer)), UInt64(MemoryLayout<T>.size))
    }
    if result != 0 { throw .badAddress }
  }

  /// Copies bytes.
  package static func copy(
    to target: TargetAddress, from source: TargetAddress, count: UInt64
  ) throws(Errno) {
    if sw_copy(target.rawValue, source.rawValue, count) != 0 { throw .badAddress }
  }

  /// Copies a string with its NUL; returns its length without it.
  package static func copyString(
    to target: TargetAddress, from source: TargetAddress, limit: UInt64
  ) throws(Errno) -> UInt64 {
    let length = sw_copy_string(target.rawValue, source.rawValue, limit)
    if length < 0 { throw .badAddress }
    if length == limit { throw .nameTooLong }
    return UInt64(length)
  }

  /// The 64-bit word at an address.
  package static func word(at address: TargetAddress) throws(Errno) -> UInt64 {
    var value: UInt64 = 0
    try load(&value, from: address)
    return value
  }

  /// The byte at an address.
  package static func byte(at address: TargetAddress) throws(Errno) -> UInt8 {
    var value: UInt8 = 0
    try load(&value, from: address)
    return value
  }

  /// Where a value lies, for a call of the kernel made while it is borrowed.
  package static func address<T>(of value: inout T) -> TargetAddress {
    // SAFETY: the address is used only while the caller holds the value inout, in memory.
    unsafe withUnsafeMutablePointer(to: &value) { pointer in
      TargetAddress(UInt64(UInt(bitPattern: pointer)))
    }
  }

  /// Bytes of the monitor's own memory as a span.
  ///
  /// The caller names memory that stays mapped and is not written while the span lives.
  @_lifetime(immortal)
  package static func span(_ address: TargetAddress, count: UInt64) -> RawSpan {
    // SAFETY: used for scratch pages of the running thread and for session memory, which are
    // mapped as long as the thread runs.
    let start = unsafe UnsafeRawPointer(bitPattern: UInt(address.rawValue))
    let buffer = unsafe UnsafeRawBufferPointer(start: start, count: start == nil ? 0 : Int(count))
    let span = unsafe RawSpan(_unsafeBytes: buffer)
    return unsafe _overrideLifetime(span, copying: ())
  }
}
