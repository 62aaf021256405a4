// SPDX-License-Identifier: Apache-2.0 WITH Swift-exception
// Addresses as unwind tables write them.

/// How an address is written: its size, and what it counts from.
///
/// - Source: Linux Standard Base Core 5.0, section 10.5.1 (DWARF exception header encoding).
struct PointerEncoding {
  let rawValue: UInt8

  /// There is no address.
  var isOmitted: Bool { rawValue == 0xff }
  /// The address of the address is meant.
  private var isIndirect: Bool { rawValue & 0x80 != 0 }

  /// The number as it is written.
  func number(_ cursor: inout Cursor) -> UInt64? {
    switch rawValue & 0x0f {
    case 0x0, 0x4, 0xc: cursor.number(UInt64.self)
    case 0x1: cursor.unsigned()
    case 0x2: cursor.number(UInt16.self).map(UInt64.init)
    case 0x3: cursor.number(UInt32.self).map(UInt64.init)
    case 0x9: cursor.signed().map { UInt64(bitPattern: $0) }
    case 0xa: cursor.number(Int16.self).map { UInt64(bitPattern: Int64($0)) }
    case 0xb: cursor.number(Int32.self).map { UInt64(bitPattern: Int64($0)) }
    default: nil
    }
  }

  /// The address that is meant, 0 for none.
  ///
  /// - Parameter place: Address that the number itself is at.
  /// - Returns: nil if the table ends, or if only the loader could tell.
  func address(_ cursor: inout Cursor, at place: UInt64) -> UInt64? {
    guard let number = number(&cursor) else { return nil }
    if number == 0 { return 0 }
    switch rawValue & 0x70 {
    case 0x00: return isIndirect ? nil : number
    case 0x10: return isIndirect ? nil : place &+ number
    default: return nil
    }
  }
}
