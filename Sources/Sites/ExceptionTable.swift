// SPDX-License-Identifier: Apache-2.0 WITH Swift-exception
// The exception table of a function: where its exceptions land.

/// Landing pads, which are entered with no branch to them.
///
/// - Source: the C++ ABI of GCC, `unwind-c++`: `.gcc_except_table`, the call-site table.
enum ExceptionTable {
  /// The landing pads of a function.
  ///
  /// - Parameter budget: Rows that may still be read, over all tables of a file.
  /// - Returns: nil if the table contradicts itself or is longer than the budget.
  static func landingPads(
    _ image: Image, at table: UInt64, function: UInt64, budget: inout Int
  ) -> [UInt64]? {
    guard let range = image.bytes(from: table) else { return nil }
    var cursor = Cursor(image.bytes, range)
    func place() -> UInt64 { table &+ UInt64(cursor.position - range.lowerBound) }

    guard let baseForm = cursor.number(UInt8.self).map(PointerEncoding.init) else { return nil }
    var base = function
    if !baseForm.isOmitted {
      guard let address = baseForm.address(&cursor, at: place()) else { return nil }
      base = address
    }
    guard let typeForm = cursor.number(UInt8.self).map(PointerEncoding.init) else { return nil }
    if !typeForm.isOmitted, cursor.unsigned() == nil { return nil }
    guard let siteForm = cursor.number(UInt8.self).map({ PointerEncoding(rawValue: $0 & 0x0f) }),
      let size = cursor.unsigned(), size <= UInt64(cursor.left)
    else { return nil }

    var rows = Cursor(image.bytes, cursor.position..<(cursor.position + Int(size)))
    var pads: [UInt64] = []
    while !rows.isAtEnd {
      budget -= 1
      guard budget > 0, siteForm.number(&rows) != nil, siteForm.number(&rows) != nil,
        let pad = siteForm.number(&rows), rows.unsigned() != nil
      else { return nil }
      if pad != 0 { pads.append(base &+ pad) }
    }
    return pads
  }
}
