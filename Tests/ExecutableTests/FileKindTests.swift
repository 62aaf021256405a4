// SPDX-License-Identifier: Apache-2.0 WITH Swift-exception
// Kinds of files by their first bytes.

import ExecutableHosted
import Testing

@Suite struct FileKindTests {
  private static func image(_ change: (inout Image) -> Void) -> [UInt8] {
    var image = Image()
    change(&image)
    return image.bytes
  }

  static let files: [([UInt8], FileKind)] = [
    ([], .unknown),
    (Array("#".utf8), .unknown),
    (Array("#!".utf8), .script),
    (Array("echo\n".utf8), .unknown),
    (image { _ in }, .elf64),
    (image { $0.size = 20 }, .elf64),
    (image { $0.size = 19 }, .unknown),
    (image { $0.identity[4] = 1 }, .elf64),
    (image { $0.identity[5] = 2 }, .elf64),
    (image { $0.machine = 3 }, .elf32),
    (image { $0.machine = 6 }, .elf32),
    (image { ($0.identity[4], $0.entrySize) = (1, 32) }, .elf32),
    (image { $0.machine = 40 }, .elfForeign(machine: 40)),
    (image { $0.machine = 183 }, .elfForeign(machine: 183)),
    (image { ($0.identity[5], $0.machine) = (2, 0x1600) }, .elfForeign(machine: 22)),
  ]

  @Test(arguments: Self.files)
  func `tells the kind`(_ bytes: [UInt8], _ kind: FileKind) {
    #expect(FileKind.of(RawSpan(_elements: bytes.span)) == kind)
  }
}
