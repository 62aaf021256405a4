// SPDX-License-Identifier: Apache-2.0 WITH Swift-exception
// The text of /proc/self/maps, for kernels that cannot be asked about one mapping.

internal import CShim
internal import LinuxABI

/// Reads lines of the form `start-end rwxp ...` until one holds an address.
///
/// - Source: `proc_pid_maps(5)`.
struct MapsText {
  private enum Part: UInt8 {
    case start, end, rights, rest
  }

  private var part = Part.start
  private(set) var start: UInt64 = 0
  private(set) var end: UInt64 = 0
  private var rightsRead = 0
  private var rights: UInt64 = 0
  private var isFixed = true

  /// What a region keeps.
  var fixedRights: UInt64 { isFixed ? rights : 0 }

  /// The mapping that an address lies in, with what may be done with it.
  static func find(_ address: UInt64, in writer: borrowing CodeWriter) -> Self? {
    let buffer = TargetAddress(sw_maps_text())
    let size = 4096
    var line = Self()
    while true {
      let count = writer.readMaps(into: buffer, size)
      guard count > 0 else { return nil }
      for index in 0..<UInt64(count) {
        guard let byte = try? TargetMemory.byte(at: buffer.advanced(by: index)) else { return nil }
        line.take(byte)
        if line.part == .rest, line.start <= address, address < line.end { return line }
        if byte == UInt8(ascii: "\n") { line = Self() }
      }
    }
  }

  private mutating func take(_ byte: UInt8) {
    switch part {
    case .start where byte == UInt8(ascii: "-"): part = .end
    case .start: start = start << 4 | Self.digit(byte)
    case .end where byte == UInt8(ascii: " "): part = .rights
    case .end: end = end << 4 | Self.digit(byte)
    case .rights: takeRight(byte)
    case .rest: break
    }
  }

  /// Writable, executable, private: only `-xp` may be changed.
  private mutating func takeRight(_ byte: UInt8) {
    switch rightsRead {
    case 0 where byte == UInt8(ascii: "r"): rights = UInt64(MapFlags.read | MapFlags.execute)
    case 0: rights = UInt64(MapFlags.execute)
    case 1: isFixed = isFixed && byte == UInt8(ascii: "-")
    case 2: isFixed = isFixed && byte == UInt8(ascii: "x")
    case 3: isFixed = isFixed && byte == UInt8(ascii: "p")
    case 4: part = .rest
    default: break
    }
    rightsRead += 1
  }

  private static func digit(_ byte: UInt8) -> UInt64 {
    UInt64(byte < UInt8(ascii: "a") ? byte &- UInt8(ascii: "0") : byte &- UInt8(ascii: "a") &+ 10)
  }
}
