// SPDX-License-Identifier: Apache-2.0 WITH Swift-exception
// Folders and files that a line table refers to.

/// The names in the header of a line table.
struct LineNames {
  private var folders: [NativeString] = []
  private var files: [(name: NativeString, folder: Int)] = []
  private let firstFile: Int

  private static let pathContent: UInt64 = 1
  private static let folderContent: UInt64 = 2

  init(_ reader: inout ByteReader, _ sections: ElfSections, version: UInt16) {
    firstFile = version == 5 ? 0 : 1
    if version == 5 {
      folders = Self.entries(&reader, sections).map(\.name)
      files = Self.entries(&reader, sections)
      return
    }
    // Folder 0 is that of the compilation, which this table does not name.
    folders = [""]
    while case let name = reader.string(), !name.isEmpty { folders.append(name) }
    while case let name = reader.string(), !name.isEmpty {
      files.append((name, reader.count()))
      _ = reader.variable()
      _ = reader.variable()
    }
  }

  func path(of file: Int) -> NativeString {
    let index = file - firstFile
    guard files.indices.contains(index) else { return "?" }
    let found = files[index]
    guard folders.indices.contains(found.folder), !found.name.bytes.starts(with: [0x2f]) else {
      return found.name
    }
    return folders[found.folder] + "/" + found.name
  }

  /// A table of version 5, whose columns are described in front of it.
  private static func entries(
    _ reader: inout ByteReader, _ sections: ElfSections
  ) -> [(name: NativeString, folder: Int)] {
    let columns = (0..<Int(reader.byte())).map { _ in
      (content: reader.variable(), form: reader.variable())
    }
    var entries: [(name: NativeString, folder: Int)] = []
    let count = reader.count()
    while entries.count < count, !reader.isAtEnd {
      var entry: (name: NativeString, folder: Int) = ("", 0)
      for column in columns {
        switch column.content {
        case pathContent: entry.name = name(column.form, &reader, sections)
        case folderContent: entry.folder = number(column.form, &reader)
        default: _ = number(column.form, &reader)
        }
      }
      entries.append(entry)
    }
    return entries
  }

  private static func name(
    _ form: UInt64, _ reader: inout ByteReader, _ sections: ElfSections
  ) -> NativeString {
    switch form {
    case 0x08: return reader.string()
    case 0x0e, 0x1f:
      let section: NativeString = form == 0x0e ? ".debug_str" : ".debug_line_str"
      return sections.string(in: sections[section], at: Int(reader.number(UInt32.self)))
    default:
      _ = number(form, &reader)
      return ""
    }
  }

  /// A number, or 0 for what is passed over.
  private static func number(_ form: UInt64, _ reader: inout ByteReader) -> Int {
    switch form {
    case 0x0b: return Int(reader.byte())
    case 0x05: return Int(reader.number(UInt16.self))
    case 0x06: return Int(reader.number(UInt32.self))
    case 0x0f: return reader.count()
    case 0x1e: reader.skip(16)
    case 0x09: reader.skip(reader.count())
    default: reader.skip(8)
    }
    return 0
  }
}
