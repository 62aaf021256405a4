// SPDX-License-Identifier: Apache-2.0 WITH Swift-exception
// The hash that names files without a build-id.

/// SHA-256, for whole messages.
///
/// - Source: FIPS 180-4, sections 4.2.2, 5.3.3 and 6.2.
enum SHA256 {
  private static let constants = fractions(count: 64, ofCubeRoot: true)
  private static let initial = fractions(count: 8, ofCubeRoot: false)

  static func hash(_ message: [UInt8]) -> [UInt8] {
    var state = initial
    let whole = message.count / 64 * 64
    for start in stride(from: 0, to: whole, by: 64) { mix(&state, message, start) }
    var tail = Array(message[whole...])
    tail.append(0x80)
    while tail.count % 64 != 56 { tail.append(0) }
    let bits = UInt64(message.count) * 8
    for shift in stride(from: 56, through: 0, by: -8) {
      tail.append(UInt8(truncatingIfNeeded: bits >> UInt64(shift)))
    }
    for start in stride(from: 0, to: tail.count, by: 64) { mix(&state, tail, start) }
    return state.flatMap { word in
      [24, 16, 8, 0].map { UInt8(truncatingIfNeeded: word >> UInt32($0)) }
    }
  }

  private static func mix(_ state: inout [UInt32], _ bytes: [UInt8], _ start: Int) {
    var words = [UInt32](repeating: 0, count: 64)
    for index in 0..<16 {
      words[index] = (0..<4).reduce(0) { $0 << 8 | UInt32(bytes[start + index * 4 + $1]) }
    }
    for index in 16..<64 {
      let old = words[index - 15]
      let recent = words[index - 2]
      let first = rotated(old, 7) ^ rotated(old, 18) ^ old >> 3
      let second = rotated(recent, 17) ^ rotated(recent, 19) ^ recent >> 10
      words[index] = words[index - 16] &+ first &+ words[index - 7] &+ second
    }
    var (a, b, c, d) = (state[0], state[1], state[2], state[3])
    var (e, f, g, h) = (state[4], state[5], state[6], state[7])
    for index in 0..<64 {
      let upper = rotated(e, 6) ^ rotated(e, 11) ^ rotated(e, 25)
      let choice = (e & f) ^ (~e & g)
      let one = h &+ upper &+ choice &+ constants[index] &+ words[index]
      let lower = rotated(a, 2) ^ rotated(a, 13) ^ rotated(a, 22)
      let two = lower &+ ((a & b) ^ (a & c) ^ (b & c))
      (h, g, f, e, d, c, b, a) = (g, f, e, d &+ one, c, b, a, one &+ two)
    }
    for (index, value) in [a, b, c, d, e, f, g, h].enumerated() {
      state[index] = state[index] &+ value
    }
  }

  private static func rotated(_ value: UInt32, _ bits: UInt32) -> UInt32 {
    value >> bits | value << (32 - bits)
  }

  /// The first 32 bits of the fractions of roots of the first primes.
  private static func fractions(count: Int, ofCubeRoot isCube: Bool) -> [UInt32] {
    var primes: [UInt64] = []
    var candidate: UInt64 = 2
    while primes.count < count {
      if !primes.contains(where: { candidate % $0 == 0 }) { primes.append(candidate) }
      candidate += 1
    }
    return primes.map { isCube ? cubeRootFraction($0) : squareRootFraction($0) }
  }

  /// By halving: the largest root of 35 bits whose square is at most the number times 2^64.
  private static func squareRootFraction(_ number: UInt64) -> UInt32 {
    var root: UInt64 = 0
    for bit in stride(from: UInt64(36), through: 0, by: -1) {
      let trial = root | 1 << bit
      let square = trial.multipliedFullWidth(by: trial)
      if square.high < number { root = trial }
    }
    return UInt32(truncatingIfNeeded: root)
  }

  /// Likewise for the cube, with the number times 2^96.
  private static func cubeRootFraction(_ number: UInt64) -> UInt32 {
    var root: UInt64 = 0
    for bit in stride(from: UInt64(35), through: 0, by: -1) {
      let trial = root | 1 << bit
      let square = trial.multipliedFullWidth(by: trial)
      let low = square.low.multipliedFullWidth(by: trial)
      let high = square.high * trial + low.high
      if high >> 32 < number { root = trial }
    }
    return UInt32(truncatingIfNeeded: root)
  }
}
