// SPDX-License-Identifier: Apache-2.0 WITH Swift-exception
// The readers against the kernel on executables with fields out of a hat, the same each time.

import ExecutableHosted
import Glibc
import Testing

/// A generator that repeats itself from its seed.
///
/// - Source: Steele, Lea and Flood, "Fast splittable pseudorandom number generators" (2014).
struct SplitMix: RandomNumberGenerator {
  var state: UInt64

  mutating func next() -> UInt64 {
    state &+= 0x9e37_79b9_7f4a_7c15
    var mixed = (state ^ (state >> 30)) &* 0xbf58_476d_1ce4_e5b9
    mixed = (mixed ^ (mixed >> 27)) &* 0x94d0_49bb_1331_11eb
    return mixed ^ (mixed >> 31)
  }
}

@Suite struct RandomImageTests {
  static let words: [UInt64] = [
    0, 1, 2, 16, 56, 64, 65, 0x100, 0x200, 0x220, 0xfff, 0x1000, 0x1001, 0x2000, 0x3f_ffff,
    0x40_0000, 0x40_0040, 0x60_0000, 1 << 31, 1 << 46, 1 << 47, 0x7fff_ffff_e000, 0x7fff_ffff_efff,
    0x7fff_ffff_f000, 1 << 62, 1 << 63 - 8192, 1 << 63 - 4096, 1 << 63 - 1, 1 << 63, 0 &- 4096,
    .max,
  ]
  static let types: [UInt64] = [0, 1, 2, 3, 4, 6, 7, 0x6474_e551, 0x6474_e553, 0xffff_ffff]
  static let halves: [UInt64] = [0, 1, 2, 3, 4, 6, 32, 56, 62, 64, 183, 1170, 1171, 0x3e00, 0xffff]

  /// Overwrites up to three fields, but for the entry: what then runs is still the code.
  private static func spoil(_ file: inout [UInt8], with dice: inout SplitMix) {
    let segments = (file.count - 64) / 56
    for _ in 0..<Int.random(in: 1...3, using: &dice) {
      let segment = 64 + 56 * Int.random(in: 0..<min(3, segments), using: &dice)
      let (offset, width, values): (Int, Int, [UInt64]) =
        switch Int.random(in: 0..<12, using: &dice) {
        case 0: (4 + Int.random(in: 0..<12, using: &dice), 1, [0, 1, 2, 255])
        case 1: ([16, 18, 54, 56][Int.random(in: 0..<4, using: &dice)], 2, halves)
        case 2: (32, 8, words)
        case 3: (segment, 4, types)
        case 4: (segment + 4, 4, [0, 1, 2, 3, 4, 5, 6, 7])
        case let field: (segment + [8, 16, 32, 40, 48, 8, 32][field - 5], 8, words)
        }
      let value = values.randomElement(using: &dice) ?? 0
      for byte in 0..<width {
        file[offset + byte] = UInt8(truncatingIfNeeded: value >> (8 * byte))
      }
    }
  }

  /// Whether the kernel did what the reader said, on what may run into anything.
  private static func agree(_ reading: Reading, _ outcome: Outcome) -> Bool {
    // The file that the path names, or part of the path, is open(2)'s to judge.
    let opening = [ENOENT, EACCES, ENOTDIR, EIO, ELIBBAD].map { Outcome.refused($0) }
    let isOpened = reading.layout?.interpreter != nil || reading.error?.isFatal ?? false
    if isOpened, opening.contains(outcome) { return true }
    guard reading.error == nil else { return reading.agrees(with: outcome) }
    if case .refused = outcome { return false }
    return true
  }

  @Test(arguments: 0..<UInt64(40))
  func `answers as the kernel does`(_ seed: UInt64) throws {
    var dice = SplitMix(state: seed)
    let folder = try Folder()
    var interpreter = Image()
    interpreter.makeRelocatable()
    var image = Image()
    image.addSegment { ($0.flags, $0.memorySize) = (6, 0x3000) }
    if seed % 2 == 0 { image.makeRelocatable() }
    if seed % 4 < 2 {
      image.addInterpreter(try folder.add(interpreter.bytes, as: "interpreter") + "\0")
    }
    for _ in 0..<25 {
      var file = image.bytes
      Self.spoil(&file, with: &dice)
      let reading = Reading(of: file)
      let outcome = try folder.run(file)
      #expect(
        Self.agree(reading, outcome),
        "\(outcome), \(reading.error?.description ?? "sound"): \(file.prefix(240))")
    }
  }
}
