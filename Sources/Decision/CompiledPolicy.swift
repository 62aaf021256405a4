// SPDX-License-Identifier: Apache-2.0 WITH Swift-exception
// The compiled form of a policy, and its evaluator.

package import LinuxABI

/// A compiled policy: flat, position-independent words that are read where they lie.
///
/// ```
/// +-------+---------+---------+------+------+------------------+------------------+
/// | magic | version | default | n64  | n32  | n64 verdicts     | n32 verdicts     |
/// +-------+---------+---------+------+------+------------------+------------------+
///   words of 4 bytes, little-endian         x86-64 by number   i386 by number
/// ```
/// No bytes at all are the empty policy, which allows everything. Evaluation is total and takes
/// the same time for every call.
package struct CompiledPolicy: ~Escapable {
  private let words: RawSpan

  package static var magic: UInt32 { 0x5049_4557 }
  package static var version: UInt32 { 1 }
  package static var headerWords: Int { 5 }

  /// A policy over bytes in its compiled form. Nothing is checked here: what does not fit its own
  /// header kills, see `verdict`.
  @_lifetime(copy words)
  package init(_ words: RawSpan) {
    self.words = words
  }

  private func word(_ index: Int) -> UInt32? {
    guard index >= 0, index < words.byteCount / 4 else { return nil }
    return words.unsafeLoadWord(at: index &* 4)
  }

  /// The verdict for a call of this number on this machine's table.
  package func verdict(_ number: UInt64, _ architecture: Architecture) -> Verdict {
    guard words.byteCount > 0 else { return .allow }
    guard word(0) == Self.magic, word(1) == Self.version, let standard = word(2),
      let count64 = word(3), let count32 = word(4)
    else { return .kill }
    let is32 = architecture == .i386
    let count = is32 ? count32 : count64
    guard number < UInt64(count) else { return Verdict(word: standard) }
    let first = Self.headerWords &+ (is32 ? Int(count64) : 0)
    guard let found = word(first &+ Int(number)) else { return .kill }
    return Verdict(word: found)
  }
}
