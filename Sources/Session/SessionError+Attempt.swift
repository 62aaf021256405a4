// SPDX-License-Identifier: Apache-2.0 WITH Swift-exception
// Saying what was attempted when a system call failed.

import LinuxABIHosted

extension SessionError {
  /// Runs steps whose failure the user can only be told of.
  ///
  /// - Parameter action: completes the sentence "cannot ...".
  static func attempt<Result: ~Copyable>(
    _ action: String, _ body: () throws(Errno) -> Result
  ) throws(SessionError) -> Result {
    do { return try body() } catch { throw .system(action, error) }
  }
}
