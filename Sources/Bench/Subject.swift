// SPDX-License-Identifier: Apache-2.0 WITH Swift-exception
// What is measured: a call, or a whole command.

package import Session

/// What is measured in every way.
package enum Subject: Sendable {
  case call(Call)
  case command([NativeString])

  /// The key in exports.
  package var name: String {
    switch self {
    case .call(let call): call.rawValue
    case .command(let words): words.map(\.description).joined(separator: " ")
    }
  }

  package var title: String {
    switch self {
    case .call(let call): call.title
    case .command: name
    }
  }

  /// Why it cannot be measured in a way, or nil if it can.
  func obstacle(to way: Way) -> String? {
    switch self {
    case .call(let call): way.excluded[call]
    case .command: way.takesCommands ? nil : "it is for single calls, not for commands"
    }
  }
}
