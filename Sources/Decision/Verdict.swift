// SPDX-License-Identifier: Apache-2.0 WITH Swift-exception
// What is to become of a call.

package import LinuxABI

/// What the policy says of one call.
package enum Verdict: Equatable, Sendable {
  /// The kernel is asked.
  case allow
  /// The kernel is not asked; the target sees this error.
  case deny(Errno)
  /// The kernel is not asked; the target sees this value.
  case answer(UInt16)
  /// The process ends.
  case kill

  /// A verdict as one word: kind in the low byte, payload in the upper half.
  ///
  /// What no kind is known for is `kill`, so that damage never permits.
  init(word: UInt32) {
    let payload = UInt16(word >> 16)
    switch word & 0xff {
    case 0: self = .allow
    case 1: self = .deny(Errno(rawValue: Int32(payload)))
    case 2: self = .answer(payload)
    default: self = .kill
    }
  }

  /// The word that `init(word:)` reads.
  package var word: UInt32 {
    switch self {
    case .allow: 0
    case .deny(let error): 1 | UInt32(truncatingIfNeeded: error.rawValue) << 16
    case .answer(let value): 2 | UInt32(value) << 16
    case .kill: 3
    }
  }
}
