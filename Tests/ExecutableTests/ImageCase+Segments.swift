// SPDX-License-Identifier: Apache-2.0 WITH Swift-exception
// Executables with one odd segment each.

import ExecutableHosted

extension ImageCase {
  static let segments: [Self] = [
    Self("no segment", .noLoadSegment) { $0.table[0].type = 4 },
    Self("no segment, relocatable", .noLoadSegment) {
      $0.makeRelocatable()
      $0.table[0].type = 4
    },
    Self("empty segment", .noLoadSegment) { $0.table[0].fileSize = 0 },
    Self("empty segment, relocatable", .noLoadSegment) {
      $0.makeRelocatable()
      $0.table[0].fileSize = 0
    },
    Self("more in the file than in memory", .segmentSize) { $0.table[0].memorySize = 0x200 },
    Self("one byte more in the file than in memory", .segmentSize) {
      $0.addSegment { $0.memorySize = 0xff }
    },
    Self("memory to one page past the end", .addressOverflow) {
      $0.addSegment { $0.memorySize = 0x7fff_ffff_f000 - 0x5f_f000 }
    },
    Self("memory of 2^47", .addressOverflow) { $0.table[0].memorySize = 1 << 47 },
    Self("memory of 2^64 - 1", .addressOverflow) { $0.table[0].memorySize = .max },
    Self("file and memory of 2^64 - 1", .addressOverflow) { $0.addSegment { $0.fileSize = .max } },
    Self("first address past the end", .addressOverflow) {
      $0.addSegment { ($0.address, $0.fileSize) = (0x7fff_ffff_f000, 0) }
    },
    Self("last page, empty", nil) {
      $0.addSegment { ($0.address, $0.fileSize) = (0x7fff_ffff_e000, 0) }
    },
    Self("address not canonical", .addressOverflow) {
      $0.addSegment { ($0.address, $0.fileSize) = (1 << 63, 0) }
    },
    Self("offset and address apart", .segmentAlignment) { $0.addSegment { $0.address += 16 } },
    Self("offset and address apart, only zeros", nil) {
      $0.addSegment { ($0.address, $0.fileSize, $0.memorySize) = (0x60_0010, 0, 256) }
    },
    Self("past the end of the file", nil) { $0.addSegment { $0.offset = 1 << 20 } },
    Self("offset of 2^63", .segmentOffset) { $0.addSegment { $0.offset = 1 << 63 } },
    Self("offset of 2^63 - 4096", .segmentOffset) { $0.addSegment { $0.offset = 1 << 63 - 4096 } },
    Self("offset of 2^63 - 8192", nil) { $0.addSegment { $0.offset = 1 << 63 - 8192 } },
    Self("offset of 2^64 - 4096", .segmentOffset) { $0.addSegment { $0.offset = 0 &- 4096 } },
    Self("highest offset, only zeros", nil) {
      $0.addSegment { ($0.offset, $0.fileSize) = (0 &- 4096, 0) }
    },
    Self("high offset of a long image", .segmentOffset) {
      $0.addSegment { ($0.offset, $0.flags) = (1 << 63 - 8192, 4) }
      $0.table.swapAt(0, 1)
      $0.makeRelocatable()
    },
    Self("high offset of a long image at a fixed address", nil) {
      $0.addSegment { ($0.offset, $0.flags) = (1 << 63 - 8192, 4) }
      $0.table.swapAt(0, 1)
    },
    Self("zeros past the end of the file", .segmentBeyondFile) {
      $0.addSegment { ($0.offset, $0.flags, $0.memorySize) = (8192, 6, 512) }
    },
    Self("zeros past the end of the file, not writable", nil) {
      $0.addSegment { ($0.offset, $0.flags, $0.memorySize) = (8192, 4, 512) }
    },
    Self("zeros from a page boundary past the end", nil) {
      $0.addSegment { ($0.offset, $0.flags, $0.fileSize, $0.memorySize) = (8192, 6, 4096, 8192) }
    },
    Self("zeros in the file's last page", nil) {
      $0.addSegment { ($0.offset, $0.flags, $0.fileSize, $0.memorySize) = (0, 6, 4000, 8192) }
    },
    Self("zeros on the page behind the file", .segmentBeyondFile) {
      $0.addSegment { ($0.offset, $0.flags, $0.fileSize, $0.memorySize) = (0, 6, 4100, 8192) }
      $0.size = 4096
    },
    Self("alignment of 3", nil) { $0.table[0].alignment = 3 },
    Self("alignment of 0", nil) { $0.table[0].alignment = 0 },
    Self("alignment of 2^63", nil) { $0.table[0].alignment = 1 << 63 },
    Self("alignment of 2^21, relocatable", nil) {
      $0.makeRelocatable()
      $0.table[0].alignment = 1 << 21
    },
    Self("highest first", nil) {
      $0.addSegment { _ in }
      $0.table.swapAt(0, 1)
    },
    Self("highest first, relocatable", nil) {
      $0.addSegment { _ in }
      $0.table.swapAt(0, 1)
      $0.makeRelocatable()
    },
    Self("twice the same", nil) { $0.table.append($0.table[0]) },
    Self("far apart, relocatable", nil) {
      $0.addSegment { $0.address += 1 << 46 }
      $0.makeRelocatable()
    },
    Self("entry past the end", .entryAddress) { $0.entry = 0x7fff_ffff_f000 },
  ]
}
