// SPDX-License-Identifier: Apache-2.0 WITH Swift-exception
// Computed layouts against what the kernel tells of a process in /proc.

import ExecutableHosted
import Testing

@Suite struct PlacementTests {
  static let images: [ImageCase] = [
    Self.image("one segment") { _ in },
    Self.image("code, data and zeros") {
      $0.addSegment { ($0.address, $0.flags, $0.memorySize) = (0x61_0000, 6, 0x5432) }
      $0.addSegment { ($0.address, $0.flags) = (0x60_0000, 4) }
    },
    Self.image("two executable segments, the highest first") {
      $0.addSegment { _ in }
      $0.table.swapAt(0, 1)
    },
    Self.image("headers in two segments") {
      $0.addSegment { ($0.address, $0.fileSize) = (0x70_0000, 0x180) }
      $0.addSegment { ($0.address, $0.offset) = (0x80_0080, 0x80) }
    },
    Self.image("headers elsewhere, by PT_PHDR") {
      $0.table.insert(
        ProgramHeader(type: 6, offset: 64, address: 0x1234, fileSize: 112), at: 0)
    },
    Self.image("headers in no segment") {
      $0.codeOffset = 0x1000
      $0.table[0].offset = 0x1000
      $0.table[0].address += 0x1000
      $0.table[0].fileSize = 0x20
    },
    Self.image("executable stack") { $0.table.append(ProgramHeader(type: 0x6474_e551, flags: 7)) },
    Self.image("last word on the stack") {
      $0.table.append(ProgramHeader(type: 0x6474_e551, flags: 7))
      $0.table.append(ProgramHeader(type: 0x6474_e551, flags: 6))
    },
    Self.image("relocatable") { $0.makeRelocatable() },
    Self.image("relocatable, two segments, executable stack") {
      $0.addSegment { ($0.address, $0.flags, $0.memorySize) = (0x61_0000, 6, 0x5432) }
      $0.table.append(ProgramHeader(type: 0x6474_e551, flags: 7))
      $0.makeRelocatable()
    },
    Self.image("a segment that ends where the headers begin") {
      $0.addSegment { $0.fileSize = 64 }
    },
    Self.image("relocatable, the highest first") {
      $0.addSegment { _ in }
      $0.table.swapAt(0, 1)
      $0.makeRelocatable()
    },
  ]

  private static func image(_ name: String, _ change: (inout Image) -> Void) -> ImageCase {
    ImageCase(name, nil) { image in
      image.code = Image.pauses
      change(&image)
    }
  }

  @Test(arguments: Self.images)
  func `computes what the kernel does`(_ item: ImageCase) throws {
    let bytes = item.image.bytes
    let reading = Reading(of: bytes)
    let (header, layout) = (try #require(reading.header), try #require(reading.layout))
    let folder = try Folder()
    let found = try Placement(of: bytes, in: folder)
    let placement = try #require(found)

    let bias = placement.entry &- header.entry
    #expect(header.isRelocatable || bias == 0)
    #expect(placement.tableAddress == bias &+ layout.programHeaderAddress)
    #expect(placement.codeStart == bias &+ layout.codeStart)
    #expect(placement.codeEnd == bias &+ layout.codeEnd)
    #expect(placement.dataStart == bias &+ layout.dataStart)
    #expect(placement.dataEnd == bias &+ layout.dataEnd)
    #expect(placement.isStackExecutable == layout.executableStack ?? false)
    #expect(placement.mapped.lowerBound == bias &+ layout.lowestAddress)
    #expect(placement.mapped.upperBound == bias &+ layout.lowestAddress &+ layout.mappedLength)
    if !header.isRelocatable {
      #expect(placement.breakStart == (layout.bssEnd + 4095) / 4096 * 4096)
    }
  }

  /// Every kernel aligns a program that has an interpreter, older ones no other.
  @Test(arguments: [(1 << 21, 1 << 20), (3 << 21, 1 << 22), (0, 0)] as [(UInt64, UInt64)])
  func `aligns as the kernel does`(_ first: UInt64, _ second: UInt64) throws {
    let folder = try Folder()
    var image = Image()
    image.code = Image.pauses
    image.addSegment { $0.alignment = second }
    image.table[0].alignment = first
    image.makeRelocatable()
    image.addInterpreter(try folder.add(image.bytes, as: "interpreter") + "\0")
    let reading = Reading(of: image.bytes)
    let found = try Placement(of: image.bytes, in: folder)
    let bias = try #require(found).entry &- #require(reading.header).entry
    let alignment = try #require(reading.layout).maximumAlignment
    // Where the kernel puts such a program without randomisation, rounded down.
    #expect(bias == 0x5555_5555_4000 & ~(alignment - 1))
  }
}
