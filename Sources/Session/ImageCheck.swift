// SPDX-License-Identifier: Apache-2.0 WITH Swift-exception
// Looking at an ELF file before anything is started for it.

import ExecutableHosted

/// The headers of an ELF file, found to be what the kernel accepts.
struct ImageCheck {
  /// Path of the dynamic linker that the program asks for.
  let interpreter: NativeString?

  init(
    _ file: borrowing Descriptor, _ path: NativeString, role: ImageRole
  ) throws(SessionError) {
    let source = ImageSource(path: path)
    let first = try source.read(file, ExecutableHeader.size, at: 0)
    let header = try source.parse(first) { (bytes) throws(FormatError) in
      try ExecutableHeader(bytes, role: role)
    }
    let table = try source.read(file, header.tableSize, at: header.programHeaderOffset)
    let size = try source.size(file)
    let layout = try source.parse(table) { (bytes) throws(FormatError) in
      try ImageLayout(header: header, table: bytes, fileSize: size)
    }
    guard let place = layout.interpreter else {
      interpreter = nil
      return
    }
    let field = try source.read(file, Int(place.size), at: place.offset)
    let name = try source.parse(field) { (bytes) throws(FormatError) in
      try InterpreterPath(bytes, at: place.offset)
    }
    interpreter = NativeString(field[name.path])
  }
}

/// A file that is parsed, for errors that name it.
private struct ImageSource {
  let path: NativeString

  /// Reads fewer bytes if the file ends before.
  func read(
    _ file: borrowing Descriptor, _ count: Int, at offset: UInt64
  ) throws(SessionError) -> [UInt8] {
    guard let offset = Int(exactly: offset) else { return [] }
    do { return try file.read(count, at: offset) } catch { throw .unusable(path, error) }
  }

  func size(_ file: borrowing Descriptor) throws(SessionError) -> UInt64 {
    do { return UInt64(try file.status().size) } catch { throw .unusable(path, error) }
  }

  func parse<Result>(
    _ bytes: [UInt8], _ body: (borrowing RawSpan) throws(FormatError) -> Result
  ) throws(SessionError) -> Result {
    do { return try bytes.withRawSpan(body) } catch { throw .badFormat(path, error) }
  }
}
