// SPDX-License-Identifier: Apache-2.0 WITH Swift-exception
// Small executables made field by field, sound or not.

/// A program header, every field free.
struct ProgramHeader: Sendable {
  var type: UInt32 = 1
  var flags: UInt32 = 5
  var offset: UInt64 = 0
  var address: UInt64 = 0x40_0000
  /// Nil for the whole file.
  var fileSize: UInt64?
  /// Nil for as many as `fileSize`.
  var memorySize: UInt64?
  var alignment: UInt64 = 4096
}

/// An executable; as it comes, one that exits with 42.
///
///     0         64               0x200  0x220
///     | header  | table          | code | extra
struct Image: Sendable {
  /// `exit(42)`. The corresponding C constant is `SYS_exit`.
  static let exits: [UInt8] = [0xb8, 60, 0, 0, 0, 0xbf, 42, 0, 0, 0, 0x0f, 0x05]
  /// `pause()` for ever. The corresponding C constant is `SYS_pause`.
  static let pauses: [UInt8] = [0xb8, 34, 0, 0, 0, 0x0f, 0x05, 0xeb, 0xf7]

  var identity: [UInt8] = [0x7f, 0x45, 0x4c, 0x46, 2, 1, 1, 0, 0, 0, 0, 0, 0, 0, 0, 0]
  var type: UInt16 = 2
  var machine: UInt16 = 62
  var version: UInt32 = 1
  /// Nil for the code.
  var entry: UInt64?
  var tableOffset: UInt64 = 64
  var entrySize: UInt16 = 56
  /// Nil for as many as there are.
  var entryCount: UInt16?
  var table = [ProgramHeader()]
  var code = Image.exits
  var codeOffset = 0x200
  var extra: [UInt8] = []
  /// Nil for the natural size.
  var size: Int?

  /// Where `extra` is.
  var extraOffset: UInt64 { UInt64(codeOffset) + 32 }

  mutating func makeRelocatable() {
    type = 3
    for index in table.indices { table[index].address &-= 0x40_0000 }
  }

  /// Adds a `PT_INTERP` with a path, which takes its own NUL.
  mutating func addInterpreter(_ path: String, size: UInt64? = nil, offset: UInt64? = nil) {
    extra = Array(path.utf8)
    table.append(
      ProgramHeader(
        type: 3, offset: offset ?? extraOffset, fileSize: size ?? UInt64(extra.count)))
  }

  var bytes: [UInt8] {
    let tableEnd = 64 + table.count * 56
    let code = max(codeOffset, tableEnd)
    let natural = code + 32 + extra.count
    var file = header(entry: entry ?? (type == 3 ? 0 : 0x40_0000) + UInt64(code))
    for entry in table { file += Self.bytes(of: entry, natural: UInt64(natural)) }
    file += Array(repeating: 0, count: code - file.count)
    file += self.code + Array(repeating: 0, count: 32 - self.code.count) + extra
    if let size {
      file = Array(file.prefix(size)) + Array(repeating: 0, count: max(0, size - file.count))
    }
    return file
  }

  private func header(entry: UInt64) -> [UInt8] {
    identity + Self.bytes(type) + Self.bytes(machine) + Self.bytes(version) + Self.bytes(entry)
      + Self.bytes(tableOffset) + Self.bytes(0 as UInt64) + Self.bytes(0 as UInt32)
      + Self.bytes(64 as UInt16) + Self.bytes(entrySize)
      + Self.bytes(entryCount ?? UInt16(table.count)) + Self.bytes(0 as UInt64).prefix(6)
  }

  private static func bytes(of entry: ProgramHeader, natural: UInt64) -> [UInt8] {
    let fileSize = entry.fileSize ?? natural
    return bytes(entry.type) + bytes(entry.flags) + bytes(entry.offset) + bytes(entry.address)
      + bytes(0 as UInt64) + bytes(fileSize) + bytes(entry.memorySize ?? fileSize)
      + bytes(entry.alignment)
  }

  private static func bytes(_ value: some FixedWidthInteger) -> [UInt8] {
    (0..<value.bitWidth / 8).map { UInt8(truncatingIfNeeded: value >> (8 * $0)) }
  }
}
