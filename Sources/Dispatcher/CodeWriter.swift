// SPDX-License-Identifier: Apache-2.0 WITH Swift-exception
// Changing code: by the process's own memory file, which leaves pages and their rights as they are.

internal import CShim
internal import LinuxABI

/// Open files of /proc for this memory. Opened for one change and closed behind it: the target may
/// close any number at any time.
///
/// Bytes must be given back even where nothing can be opened: without /proc or descriptors, or
/// behind a filter. Then the page is made writable for a moment.
struct CodeWriter: ~Copyable {
  private let memory: Int
  private let maps: Int

  private static var none: Int { -1 }
  private var opensPages: Bool { memory == Self.none }

  /// A writer that opens no file.
  static var byRights: Self { Self(none, none) }

  /// Both are there, or none is opened.
  init() throws(Errno) {
    let memory = try Self.open("/proc/self/mem", FileFlags.readWrite)
    let maps = try? Self.open("/proc/self/maps", 0)
    if maps == nil { Kernel.call(.close, memory) }
    guard let maps else { throw .noEntry }
    self.init(memory, maps)
  }

  private init(_ memory: Int, _ maps: Int) {
    self.memory = memory
    self.maps = maps
  }

  deinit {
    guard memory != Self.none else { return }
    Kernel.call(.close, maps)
    Kernel.call(.close, memory)
  }

  private static func open(_ path: StaticString, _ flags: Int) throws(Errno) -> Int {
    var bytes: (UInt64, UInt64, UInt64) = (0, 0, 0)
    var text = TextBuffer(at: TargetMemory.address(of: &bytes))
    try text.append(path)
    return try Kernel.attempt(
      .openat, FileFlags.currentDirectory, Int(bits: text.start), flags | FileFlags.closeOnExec)
  }

  /// Writes to a private page whatever its rights; what is shared or not there throws.
  func write(_ count: UInt64, from source: TargetAddress, to address: UInt64) throws(Errno) {
    guard !opensPages else {
      return try TargetMemory.copy(to: TargetAddress(address), from: source, count: count)
    }
    let written = try Kernel.attempt(
      .pwrite, memory, Int(bits: source), Int(bits: count), Int(bits: address))
    if UInt64(written) != count { throw .badAddress }
  }

  /// Reads on in the text about all mappings; the count of bytes, or a negative error.
  func readMaps(into buffer: TargetAddress, _ size: Int) -> Int {
    Kernel.call(.read, maps, Int(bits: buffer), size)
  }

  /// Reads what is there, whatever its rights.
  func read(_ count: UInt64, from address: UInt64, to target: TargetAddress) throws(Errno) {
    guard !opensPages else {
      return try TargetMemory.copy(to: target, from: TargetAddress(address), count: count)
    }
    let got = try Kernel.attempt(
      .pread, memory, Int(bits: target), Int(bits: count), Int(bits: address))
    if UInt64(got) != count { throw .badAddress }
  }

  /// Before the bytes of a page are read or written, and behind it.
  func open(page address: UInt64) throws(Errno) {
    guard opensPages else { return }
    try setRights(MapFlags.read | MapFlags.write | MapFlags.execute, page: address)
  }

  func close(page address: UInt64, rights: UInt8) throws(Errno) {
    guard opensPages else { return }
    try setRights(Int(rights), page: address)
  }

  private func setRights(_ rights: Int, page address: UInt64) throws(Errno) {
    try Kernel.attempt(.mprotect, Int(bits: Page.down(address)), Int(Page.size), rights)
  }

  /// Asks about a mapping.
  func ask<Query: BitwiseCopyable>(_ query: inout Query, _ request: Int) -> Bool {
    Kernel.call(.ioctl, maps, request, Int(bits: TargetMemory.address(of: &query))) == 0
  }
}

/// Makes every thread of this memory see changed code.
///
/// - Source: `membarrier(2)`, `MEMBARRIER_CMD_PRIVATE_EXPEDITED_SYNC_CORE`.
enum CodeBarrier {
  /// Before the first thread is made, while that is cheap.
  static func register() {
    guard Sites.with({ $0.isRegistered }) == 0 else { return }
    let command = 1 << 6
    let result = Kernel.call(.membarrier, command, 0, 0)
    Sites.with { $0.isRegistered = result == 0 ? 1 : 0 }
  }

  static func pass() throws(Errno) {
    let command = 1 << 5
    try Kernel.attempt(.membarrier, command, 0, 0)
  }
}
