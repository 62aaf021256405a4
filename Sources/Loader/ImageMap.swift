// SPDX-License-Identifier: Apache-2.0 WITH Swift-exception
// Maps one ELF image, as the kernel would.

package import Dispatcher
package import Executable
package import LinuxABI

/// An image in memory.
struct ImageMap {
  let header: ExecutableHeader
  let layout: ImageLayout
  /// What is added to the addresses in the file.
  let bias: UInt64

  var entry: TargetAddress { TargetAddress(header.entry &+ bias) }

  /// Maps a file's segments.
  ///
  /// A program that needs a fixed place gets it; a relocatable one goes to `preferred`, or where
  /// the kernel likes if that is 0. Whatever is wrong with the file by now, the kernel would have
  /// found after the point of no return.
  /// - Source: `load_elf_binary` and `elf_load` in `fs/binfmt_elf.c`.
  init(
    _ descriptor: Int, role: ImageRole, preferred: UInt64, scratch: ExecScratch
  ) throws(Errno) {
    let size = try FileStatus(of: descriptor).size
    let head = try Self.read(descriptor, to: scratch.head, ExecScratch.headSize, at: 0)
    do throws(FormatError) {
      header = try ExecutableHeader(head, role: role)
    } catch {
      throw error.errno
    }
    let tableSize = min(UInt64(header.tableSize), ExecScratch.tableSize)
    let table = try Self.read(
      descriptor, to: scratch.table, tableSize, at: header.programHeaderOffset)
    do throws(FormatError) {
      layout = try ImageLayout(header: header, table: table, fileSize: size)
    } catch {
      throw error.errno
    }
    bias = try Self.reserve(layout, isRelocatable: header.isRelocatable, at: preferred)
    for index in 0..<header.programHeaderCount {
      guard let segment = layout.segment(index, in: table), segment.type == .load else { continue }
      try Self.map(segment, descriptor, bias)
    }
  }

  @_lifetime(immortal)
  private static func read(
    _ descriptor: Int, to buffer: TargetAddress, _ count: UInt64, at offset: UInt64
  ) throws(Errno) -> RawSpan {
    let done = try Kernel.attempt(
      .pread, descriptor, Int(bits: buffer), Int(bits: count), Int(bits: offset))
    return TargetMemory.span(buffer, count: UInt64(done))
  }

  /// Finds a place for the whole image and leaves it free; nobody else maps anything meanwhile.
  private static func reserve(
    _ layout: ImageLayout, isRelocatable: Bool, at preferred: UInt64
  ) throws(Errno) -> UInt64 {
    let flags = MapFlags.copied | MapFlags.anonymous
    guard layout.mappedLength > 0 else { return 0 }
    let length = layout.mappedLength + (isRelocatable ? layout.maximumAlignment : 0)
    let wanted = isRelocatable ? preferred : layout.lowestAddress
    let fixed = wanted == 0 ? 0 : MapFlags.fixedNoReplace
    let found = UInt64(
      try Kernel.attempt(.mmap, Int(bits: wanted), Int(bits: length), 0, flags | fixed, -1, 0))
    Kernel.call(.munmap, Int(bits: found), Int(bits: length))
    guard isRelocatable else { return 0 }
    let alignment = layout.maximumAlignment
    let start = (found &+ alignment &- 1) & ~(alignment &- 1)
    return start &- layout.lowestAddress
  }

  private static func map(
    _ segment: Segment, _ descriptor: Int, _ bias: UInt64
  ) throws(Errno) {
    let address = segment.address &+ bias
    let inPage = address & (Page.size - 1)
    let protection = segment.flags.protection
    if segment.fileSize > 0 {
      try Kernel.attempt(
        .mmap, Int(bits: address - inPage), Int(bits: Page.up(segment.fileSize + inPage)),
        protection, MapFlags.copied | MapFlags.fixed, descriptor,
        Int(bits: segment.offset - inPage))
    }
    guard segment.memorySize > segment.fileSize else { return }
    let zeros = address + segment.fileSize
    let end = Page.up(address + segment.memorySize)
    if segment.fileSize > 0, protection & MapFlags.write != 0 {
      try clear(from: zeros, to: min(Page.up(zeros), end))
    }
    let anonymous = segment.fileSize > 0 ? Page.up(zeros) : Page.down(zeros)
    guard end > anonymous else { return }
    try Kernel.attempt(
      .mmap, Int(bits: anonymous), Int(bits: end - anonymous),
      MapFlags.read | MapFlags.write | (protection & MapFlags.execute),
      MapFlags.copied | MapFlags.anonymous | MapFlags.fixed, -1, 0)
  }

  /// Clears the rest of a page of the file that belongs to the bss.
  private static func clear(from start: UInt64, to end: UInt64) throws(Errno) {
    var next = start
    while next < end {
      try TargetMemory.store(UInt8(0), to: TargetAddress(next))
      next += 1
    }
  }
}

extension SegmentFlags {
  /// What mmap(2) is asked for.
  var protection: Int {
    (contains(.read) ? MapFlags.read : 0) | (contains(.write) ? MapFlags.write : 0)
      | (contains(.execute) ? MapFlags.execute : 0)
  }
}
