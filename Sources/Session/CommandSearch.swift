// SPDX-License-Identifier: Apache-2.0 WITH Swift-exception
// Finding a command's file as execvp does.

import Glibc
import LinuxABIHosted

/// A search for the file that a command name stands for.
///
/// - Source: `execvp(3)`, `posix/execvpe.c` of glibc.
struct CommandSearch {
  let command: NativeString
  /// Value of the environment's `PATH`, nil if it is not set.
  let path: NativeString?

  private static let defaultPath: NativeString = "/bin:/usr/bin"

  /// - Throws: `commandNotFound` or `noSuchFile` if there is none, otherwise what is wrong with
  ///   the one there is.
  func find() throws(SessionError) -> NativeString {
    if command.contains("/") {
      try CommandSearch.check(command)
      return command
    }
    var denied: SessionError?
    for candidate in candidates {
      do {
        try CommandSearch.check(candidate)
        return candidate
      } catch {
        switch error {
        case .noSuchFile: continue
        case .directory, .notExecutable: denied = denied ?? error
        default: throw error
        }
      }
    }
    throw denied ?? .commandNotFound(command)
  }

  private var candidates: [NativeString] {
    guard !command.isEmpty else { return [] }
    let directories = (path ?? Self.defaultPath).bytes.split(
      separator: UInt8(ascii: ":"), omittingEmptySubsequences: false)
    return directories.map { directory in
      directory.isEmpty ? command : NativeString(directory) + "/" + command
    }
  }

  /// Says what execve would say of a file before it looks inside.
  private static func check(_ path: NativeString) throws(SessionError) {
    guard let error = path.executeError else { return }
    switch error {
    case .noEntry, .notDirectory, Errno(rawValue: ESTALE), Errno(rawValue: ENODEV),
      Errno(rawValue: ETIMEDOUT):
      throw .noSuchFile(path)
    case .isDirectory: throw .directory(path)
    case .access: throw .notExecutable(path)
    default: throw .unusable(path, error)
    }
  }
}
