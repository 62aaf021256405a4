// SPDX-License-Identifier: Apache-2.0 WITH Swift-exception
// What tells one file's contents from another's.

/// A build-id, or the hash of the file where there is none.
package struct FileIdentity: Equatable, Sendable, CustomStringConvertible {
  /// Bytes of an identity at most.
  static let limit = 32

  package let bytes: [UInt8]
  /// Whether the bytes are the SHA-256 of the file.
  package let isHash: Bool

  /// The name of the file's plan in a cache, without what follows the dot.
  package var description: String {
    let digits = bytes.map { ($0 < 16 ? "0" : "") + String($0, radix: 16) }.joined()
    return isHash ? "sha256-" + digits : digits
  }

  init(bytes: [UInt8], isHash: Bool) {
    self.bytes = bytes
    self.isHash = isHash
  }

  /// The identity of a file, from its notes or else from all of its bytes.
  init(_ image: Image) {
    let notes = image.sections.filter { $0.type == .note && $0.isLoaded }
    for section in notes {
      if let found = Self.buildIdentity(image, section) {
        self.init(bytes: found, isHash: false)
        return
      }
    }
    self.init(bytes: SHA256.hash(image.bytes), isHash: true)
  }

  /// The description of the note of type `NT_GNU_BUILD_ID` and name "GNU".
  ///
  /// - Source: `elf(5)`, "Notes".
  private static func buildIdentity(_ image: Image, _ section: Section) -> [UInt8]? {
    var cursor = Cursor(image.bytes, section.bytes)
    while let nameSize = cursor.number(UInt32.self), let size = cursor.number(UInt32.self),
      let type = cursor.number(UInt32.self)
    {
      let name = cursor.position
      guard cursor.skip((UInt64(nameSize) + 3) & ~3) else { return nil }
      let start = cursor.position
      guard cursor.skip((UInt64(size) + 3) & ~3) else { return nil }
      if type == 3, nameSize == 4, image.bytes[name..<(name + 4)].elementsEqual("GNU\0".utf8) {
        // Too short to tell files apart, or too long for a plan.
        guard size >= 8, size <= UInt32(limit) else { return nil }
        return Array(image.bytes[start..<(start + Int(size))])
      }
    }
    return nil
  }
}
