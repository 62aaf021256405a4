// SPDX-License-Identifier: Apache-2.0 WITH Swift-exception
// Changing the monitor's ELF headers so that it loads at a fixed address.

/// The monitor's ELF file as bytes.
enum MonitorImage {
  /// Enough for the headers of an ELF file that a linker made.
  static let headSize = 4096
  private static let headerSize = 64
  /// Far more than a monitor needs.
  private static let largest: UInt64 = 64 << 20

  private static let loadRow: UInt32 = 1
  private static let interpreterRow: UInt32 = 3
  private static let sharedObject: UInt16 = 3
  private static let executable: UInt16 = 2
  private static let typeOffset = 16
  private static let entryOffset = 24
  private static let addressOffset = 16
  private static let physicalOffset = 24
  private static let rowSize = 56

  /// Bytes from the start of the file to the end of what is loaded, or nil if it is no static PIE.
  ///
  /// - Parameter head: the first `headSize` bytes of the file.
  static func loadedLength(_ head: [UInt8]) -> Int? {
    guard head.starts(with: [0x7f, 0x45, 0x4c, 0x46, 2, 1]), let rows = rows(of: head),
      head.little(UInt16.self, at: typeOffset) == sharedObject
    else { return nil }
    var length = UInt64(headerSize)
    for row in rows {
      switch head.little(UInt32.self, at: row) {
      case interpreterRow: return nil
      case loadRow:
        let end = head.little(UInt64.self, at: row + 8)
          .addingReportingOverflow(head.little(UInt64.self, at: row + 32))
        guard !end.overflow, end.partialValue <= largest else { return nil }
        length = max(length, end.partialValue)
      default: continue
      }
    }
    return Int(length)
  }

  /// The image with no word of the symbols and debug information that follow it in the file.
  static func withoutSections(_ image: [UInt8]) -> [UInt8] {
    guard image.count >= headerSize else { return image }
    var cut = image
    cut.setLittle(UInt64(0), at: 40)
    cut.setLittle(UInt32(0), at: 60)
    return cut
  }

  /// A page in the middle of the address space, which neither programs nor mappings of the kernel's
  /// choice come near: those start at 0x5555_5555_4000 and end at 0x7fff_ffff_f000.
  static func randomBase() -> UInt64 {
    0x2000_0000_0000 + UInt64.random(in: 0..<(1 << 31)) << 12
  }

  /// The image with all of its addresses so much higher, or nil if its headers are not sound.
  static func relinked(_ image: [UInt8], to base: UInt64) -> [UInt8]? {
    guard let rows = rows(of: image) else { return nil }
    var moved = image
    moved.setLittle(executable, at: typeOffset)
    moved.advance(at: entryOffset, by: base)
    for row in rows {
      moved.advance(at: row + addressOffset, by: base)
      moved.advance(at: row + physicalOffset, by: base)
    }
    return moved
  }

  /// Offsets of the program headers, or nil if they are not within these bytes.
  static func rows(of image: [UInt8]) -> StrideTo<Int>? {
    guard image.count >= headerSize else { return nil }
    let first = image.little(UInt64.self, at: 32)
    let count = Int(image.little(UInt16.self, at: 56))
    guard image.little(UInt16.self, at: 54) == UInt16(rowSize), count > 0,
      first <= UInt64(image.count), image.count - Int(first) >= count * rowSize
    else { return nil }
    return stride(from: Int(first), to: Int(first) + count * rowSize, by: rowSize)
  }
}

extension Array where Element == UInt8 {
  fileprivate mutating func advance(at offset: Int, by base: UInt64) {
    setLittle(little(UInt64.self, at: offset) &+ base, at: offset)
  }
}
