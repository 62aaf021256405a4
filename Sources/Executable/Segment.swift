// SPDX-License-Identifier: Apache-2.0 WITH Swift-exception
// One program header: a part of the file, and where it goes in memory.

import LinuxABI

/// The permissions of a segment.
package struct SegmentFlags: FlagSet {
  package let rawValue: UInt32

  package init(rawValue: UInt32) { self.rawValue = rawValue }

  /// The corresponding C constant is `PF_X`.
  package static var execute: Self { Self(rawValue: 1) }
  /// The corresponding C constant is `PF_W`.
  package static var write: Self { Self(rawValue: 2) }
  /// The corresponding C constant is `PF_R`.
  package static var read: Self { Self(rawValue: 4) }
}

/// What a segment is for.
package struct SegmentType: RawRepresentable, Equatable, Sendable {
  package let rawValue: UInt32

  package init(rawValue: UInt32) { self.rawValue = rawValue }

  /// The corresponding C constant is `PT_NULL`.
  package static var null: Self { Self(rawValue: 0) }
  /// The corresponding C constant is `PT_LOAD`.
  package static var load: Self { Self(rawValue: 1) }
  /// The corresponding C constant is `PT_DYNAMIC`.
  package static var dynamic: Self { Self(rawValue: 2) }
  /// The corresponding C constant is `PT_INTERP`.
  package static var interpreter: Self { Self(rawValue: 3) }
  /// The corresponding C constant is `PT_NOTE`.
  package static var note: Self { Self(rawValue: 4) }
  /// The corresponding C constant is `PT_PHDR`.
  package static var programHeaders: Self { Self(rawValue: 6) }
  /// The corresponding C constant is `PT_TLS`.
  package static var threadLocal: Self { Self(rawValue: 7) }
  /// The corresponding C constant is `PT_GNU_STACK`.
  package static var stack: Self { Self(rawValue: 0x6474_e551) }
  /// The corresponding C constant is `PT_GNU_RELRO`.
  package static var readOnlyAfterRelocation: Self { Self(rawValue: 0x6474_e552) }
}

/// A program header, as it stands in the file.
///
/// Of one that `ImageLayout` accepted and whose type is `load`, the sums of address and sizes
/// do not overflow, and neither do those of offset and file size.
///
/// - Source: `elf(5)`, `Elf64_Phdr`.
package struct Segment: Equatable, Sendable {
  package let type: SegmentType
  package let flags: SegmentFlags
  /// Byte offset in the file.
  package let offset: UInt64
  /// Address in memory, before relocation.
  package let address: UInt64
  /// Bytes taken from the file.
  package let fileSize: UInt64
  /// Bytes in memory; those past `fileSize` are zero.
  package let memorySize: UInt64
  /// Anything: only powers of two mean something.
  package let alignment: UInt64

  init(_ table: borrowing RawSpan, at start: Int) {
    type = SegmentType(rawValue: table.uint32(at: start))
    flags = SegmentFlags(rawValue: table.uint32(at: start &+ 4))
    offset = table.uint64(at: start &+ 8)
    address = table.uint64(at: start &+ 16)
    fileSize = table.uint64(at: start &+ 32)
    memorySize = table.uint64(at: start &+ 40)
    alignment = table.uint64(at: start &+ 48)
  }

  /// The alignment if it is a power of two, or 0.
  var validAlignment: UInt64 { alignment.nonzeroBitCount == 1 ? alignment : 0 }

  /// Whether a byte of the file is in this segment.
  func holdsFileOffset(_ position: UInt64) -> Bool {
    position >= offset && position &- offset < fileSize
  }
}
