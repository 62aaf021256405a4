// SPDX-License-Identifier: Apache-2.0 WITH Swift-exception
// Why the sites of a file cannot be told.

package import ExecutableHosted
package import LinuxABIHosted

/// What is wrong with a file, where, and what helps.
package enum SitesError: Error, Equatable {
  /// The file cannot be opened or read.
  case unreadable(Errno)
  /// Neither a regular file nor a link to one.
  case notRegular
  /// Not a program or library for this machine, or one with a bad program header.
  case badFormat(FormatError)
  /// A table in the file contradicts itself; the offset is in bytes from the start of the file.
  case damaged(place: String, offset: Int, expected: String, found: String)
  /// More of something than is looked at.
  case tooLarge(place: String, limit: Int, found: Int)
  /// The disassembler or libelf could not be started.
  case library(String)

  static func damaged(
    _ place: String, at offset: Int, expected: String, found: UInt64
  ) -> Self {
    .damaged(
      place: place, offset: offset, expected: expected, found: "0x" + String(found, radix: 16))
  }
}

extension SitesError: CustomStringConvertible {
  package var description: String {
    switch self {
    case .unreadable(let error):
      "cannot be read (\(error.words)); check the path and its permissions"
    case .notRegular:
      "not a regular file; give the path of a program or library"
    case .badFormat(let error):
      "ELF header: \(error)"
    case .damaged(let place, let offset, let expected, let found):
      "\(place), offset 0x\(String(offset, radix: 16)): expected \(expected), found \(found);"
        + " the file is damaged: copy it or build it again"
    case .tooLarge(let place, let limit, let found):
      "\(place): expected at most \(limit), found \(found); leave this file out"
    case .library(let name):
      "\(name) cannot be used; free memory or install its package again"
    }
  }
}
