// SPDX-License-Identifier: Apache-2.0 WITH Swift-exception
// What is known of each byte of a file's code.

internal import ExecutableHosted

/// Marks on the bytes of the executable segments.
///
/// Bytes are named by their offset in the file; as no two executable segments share file bytes,
/// that is as good as an address.
struct CodeMap {
  struct Mark: OptionSet {
    let rawValue: UInt8

    /// An instruction starts here.
    static let start = Self(rawValue: 1)
    /// A byte of an instruction other than its first.
    static let body = Self(rawValue: 2)
    /// Control may come here otherwise than from the instruction before.
    static let target = Self(rawValue: 4)
    /// The instruction is proven: control flow leads to it from a known entry.
    static let proven = Self(rawValue: 8)
    /// Two ways to decode these bytes are both in use.
    static let conflict = Self(rawValue: 16)
    /// Near a site, so that targets matter.
    static let watched = Self(rawValue: 32)
    /// Changed or used by the rewriting of a site, or a site itself.
    static let claimed = Self(rawValue: 64)
    /// The instruction that starts here does not go on to the next.
    static let stops = Self(rawValue: 128)

    static let covered: Self = [.start, .body]
  }

  /// A part of the file that is executable in memory.
  struct Region {
    let bytes: Range<Int>
    let address: UInt64
    /// Index of its first byte's mark.
    let base: Int
  }

  let regions: [Region]
  private var marks: [Mark]

  /// A map of no code at all.
  init() {
    regions = []
    marks = []
  }

  /// - Throws: `SitesError.damaged` if executable segments share bytes of the file.
  init(_ image: Image) throws(SitesError) {
    let code = image.segments.filter { $0.flags.contains(.execute) && $0.fileSize > 0 }
    var regions: [Region] = []
    var base = 0
    for segment in code.sorted(by: { $0.offset < $1.offset }) {
      let bytes = Int(segment.offset)..<Int(segment.offset + segment.fileSize)
      if let last = regions.last, last.bytes.upperBound > bytes.lowerBound {
        throw .damaged(
          "program header", at: bytes.lowerBound,
          expected: "executable segments that share no bytes", found: UInt64(bytes.lowerBound))
      }
      regions.append(Region(bytes: bytes, address: segment.address, base: base))
      base += bytes.count
    }
    self.regions = regions
    marks = [Mark](repeating: [], count: base)
  }

  /// The region that holds an offset in the file.
  func region(_ offset: Int) -> Region? {
    for region in regions where region.bytes.contains(offset) { return region }
    return nil
  }

  /// Where in the file the code at an address is.
  func offset(of address: UInt64) -> Int? {
    for region in regions
    where address >= region.address && address - region.address < UInt64(region.bytes.count) {
      return region.bytes.lowerBound + Int(address - region.address)
    }
    return nil
  }

  /// The address of code in the file, before relocation; 0 outside of code.
  func address(of offset: Int) -> UInt64 {
    guard let region = region(offset) else { return 0 }
    return region.address + UInt64(offset - region.bytes.lowerBound)
  }

  /// The marks of a byte; none outside of code.
  subscript(offset: Int) -> Mark {
    get {
      guard let region = region(offset) else { return [] }
      return marks[region.base + offset - region.bytes.lowerBound]
    }
    set {
      guard let region = region(offset) else { return }
      marks[region.base + offset - region.bytes.lowerBound] = newValue
    }
  }

  /// Adds a mark to a byte.
  mutating func insert(_ mark: Mark, at offset: Int) {
    self[offset] = self[offset].union(mark)
  }

  /// Whether a byte has any of some marks.
  func has(_ mark: Mark, at offset: Int) -> Bool { !self[offset].isDisjoint(with: mark) }

  /// Marks the bytes of an instruction.
  mutating func cover(_ range: Range<Int>, _ extra: Mark) {
    for offset in range {
      let isFirst = offset == range.lowerBound
      let old = self[offset]
      var new = old.union(extra).union(isFirst ? .start : .body)
      if !old.isDisjoint(with: .covered), old.intersection(.covered) != (isFirst ? .start : .body) {
        new.insert(.conflict)
      }
      self[offset] = new
    }
    if extra.contains(.stops) {
      for offset in range.dropFirst() { self[offset].remove(.stops) }
    }
  }

  /// The end of the instruction that starts at an offset.
  func end(_ start: Int) -> Int {
    guard let region = region(start) else { return start }
    var end = start + 1
    while end < region.bytes.upperBound, end < start + 15,
      self[end].intersection(.covered) == .body
    { end += 1 }
    return end
  }

  /// The instruction that ends where another begins, if the first goes on to the second.
  func predecessor(_ start: Int) -> Int? {
    for offset in stride(from: start - 1, through: start - 15, by: -1) {
      let mark = self[offset]
      if mark.contains(.start) {
        return mark.contains(.stops) || end(offset) != start ? nil : offset
      }
      guard mark.contains(.body) else { return nil }
    }
    return nil
  }
}
