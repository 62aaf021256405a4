// SPDX-License-Identifier: Apache-2.0 WITH Swift-exception
// Text put together in the monitor's own memory, without allocation.

package import LinuxABI

/// A NUL-terminated text that grows at its end; the caller knows that the memory is large enough.
package struct TextBuffer {
  package let start: TargetAddress
  /// Where the NUL stands.
  package private(set) var end: TargetAddress

  package init(at start: TargetAddress) {
    self.start = start
    end = start
  }

  package var count: UInt64 { end.rawValue &- start.rawValue }

  package mutating func append(byte: UInt8) throws(Errno) {
    try TargetMemory.store(byte, to: end)
    end = end.advanced(by: 1)
    try TargetMemory.store(UInt8(0), to: end)
  }

  package mutating func append(_ text: StaticString) throws(Errno) {
    for index in 0..<text.utf8CodeUnitCount {
      try append(byte: text.byte(at: index))
    }
  }

  package mutating func append(decimal value: UInt64) throws(Errno) {
    if value >= 10 { try append(decimal: value / 10) }
    try append(byte: UInt8(ascii: "0") &+ UInt8(truncatingIfNeeded: value % 10))
  }

  /// Appends text that stands elsewhere, up to its NUL.
  package mutating func append(from address: TargetAddress, limit: UInt64) throws(Errno) {
    let length = try TargetMemory.copyString(to: end, from: address, limit: limit)
    end = end.advanced(by: length)
  }
}
