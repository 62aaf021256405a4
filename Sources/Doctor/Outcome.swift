// SPDX-License-Identifier: Apache-2.0 WITH Swift-exception
// How a trial of a feature ended.

package import LinuxABIHosted

/// How the trial of one feature ended.
package enum Outcome: Equatable, Sendable {
  /// It did what it promises; the text says what was seen.
  case works(String)
  /// The kernel said no.
  case refused(Errno)
  /// The child that tried was killed.
  case killed(signal: Int32)
  /// The kernel said yes, but nothing came of it.
  case silent
  /// The trial could not be made.
  case untried

  package var isWorking: Bool {
    if case .works = self { true } else { false }
  }

  /// What was seen, or why not, in a few words.
  package var detail: String {
    switch self {
    case .works(let seen): seen
    case .refused(let error): "refused: \(name(of: error))"
    case .killed(let signal): "the child that tried it was killed by signal \(signal)"
    case .silent: "accepted, but without effect"
    case .untried: "could not be tried: no child process could be made"
    }
  }
}
