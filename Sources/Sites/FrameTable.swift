// SPDX-License-Identifier: Apache-2.0 WITH Swift-exception
// The unwind table: where functions start and end, and where exceptions land.

/// What `.eh_frame` tells of functions.
///
/// - Source: Linux Standard Base Core 5.0, section 10.6.1.
struct FrameTable {
  /// The addresses of each function or part of one.
  private(set) var functions: [Range<UInt64>] = []
  /// Address of the exception table of a function, and the function's own.
  private(set) var exceptionTables: [(table: UInt64, function: UInt64)] = []

  private let section: Section
  private var cursor: Cursor
  private var forms: [Int: Form] = [:]

  /// What a common entry says of those that refer to it.
  private struct Form {
    var pointer = PointerEncoding(rawValue: 0)
    var exception = PointerEncoding(rawValue: 0xff)
    var hasLength = false
    var isSignalFrame = false
  }

  /// - Throws: `SitesError.damaged` where an entry contradicts itself.
  init(_ image: Image, _ section: Section) throws(SitesError) {
    self.section = section
    cursor = Cursor(image.bytes, section.bytes)
    while !cursor.isAtEnd {
      let start = cursor.position
      guard let length = entryLength() else { throw damaged(start, "the length of an entry") }
      // The end of the entries of one input of the linker; there may be more.
      if length == 0 { continue }
      let body = cursor.position
      guard cursor.skip(length) else { throw damaged(start, "an entry within the section") }
      var entry = Cursor(image.bytes, body..<cursor.position)
      guard let offset = entry.number(UInt32.self) else { throw damaged(start, "an entry's kind") }
      if offset == 0 { continue }
      guard let form = form(at: body - Int(offset), image) else {
        throw damaged(body, "the distance to a common entry")
      }
      guard read(&entry, form) else { throw damaged(start, "a whole entry") }
    }
  }

  private func damaged(_ offset: Int, _ expected: String) -> SitesError {
    .damaged(
      place: section.name, offset: offset, expected: expected, found: "another form")
  }

  private func address(_ position: Int) -> UInt64 {
    section.address &+ UInt64(position - section.bytes.lowerBound)
  }

  private mutating func entryLength() -> UInt64? {
    guard let short = cursor.number(UInt32.self) else { return nil }
    return short == .max ? cursor.number(UInt64.self) : UInt64(short)
  }

  private mutating func form(at start: Int, _ image: Image) -> Form? {
    if let known = forms[start] { return known }
    guard section.bytes.contains(start) else { return nil }
    var entry = Cursor(image.bytes, start..<section.bytes.upperBound)
    guard let length = entry.number(UInt32.self), length != .max,
      UInt64(length) <= UInt64(entry.left), entry.number(UInt32.self) == 0,
      let form = common(&entry)
    else { return nil }
    forms[start] = form
    return form
  }

  /// The rest of a common entry, behind its id.
  private func common(_ entry: inout Cursor) -> Form? {
    var form = Form()
    guard let version = entry.number(UInt8.self), let augmentation = entry.text(),
      entry.unsigned() != nil, entry.signed() != nil,
      version == 1 ? entry.number(UInt8.self) != nil : entry.unsigned() != nil
    else { return nil }
    guard augmentation.first == "z" else { return augmentation.isEmpty ? form : nil }
    form.hasLength = true
    guard entry.unsigned() != nil else { return nil }
    for letter in augmentation.dropFirst() {
      switch letter {
      case "R":
        guard let byte = entry.number(UInt8.self) else { return nil }
        form.pointer = PointerEncoding(rawValue: byte)
      case "L":
        guard let byte = entry.number(UInt8.self) else { return nil }
        form.exception = PointerEncoding(rawValue: byte)
      case "P":
        guard let byte = entry.number(UInt8.self),
          PointerEncoding(rawValue: byte).number(&entry) != nil
        else { return nil }
      case "S": form.isSignalFrame = true
      case "B": break
      default: return nil
      }
    }
    return form
  }

  private mutating func read(_ entry: inout Cursor, _ form: Form) -> Bool {
    let place = address(entry.position)
    guard let start = form.pointer.address(&entry, at: place),
      let size = PointerEncoding(rawValue: form.pointer.rawValue & 0x0f).number(&entry),
      case let end = start.addingReportingOverflow(size), !end.overflow
    else { return false }
    // The linker leaves entries of functions that it dropped.
    if start == 0 || size == 0 { return true }
    // A restorer's entry starts a byte early, for unwinders that look in front of an address.
    let first = form.isSignalFrame && size > 1 ? start + 1 : start
    functions.append(first..<end.partialValue)
    guard form.hasLength else { return true }
    guard entry.unsigned() != nil else { return false }
    if form.exception.isOmitted { return true }
    guard let table = form.exception.address(&entry, at: address(entry.position)) else {
      return false
    }
    if table != 0 { exceptionTables.append((table, start)) }
    return true
  }
}
