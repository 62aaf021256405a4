// SPDX-License-Identifier: Apache-2.0 WITH Swift-exception
// Questions about the file that a path leads to.

import Glibc
package import LinuxABIHosted

extension NativeString {
  /// Why the file cannot be executed, as far as that can be told without opening it.
  package var executeError: Errno? {
    guard let status = fileStatus else { return .current }
    if status.isDirectory { return .isDirectory }
    if !status.isRegular { return .access }
    // SAFETY: faccessat(2) reads the path and keeps nothing.
    let result = unsafe withCString { path in
      unsafe faccessat(AT_FDCWD, path, X_OK, AT_EACCESS)
    }
    return result == 0 ? nil : .current
  }

  /// What stat(2) tells, or nil with errno set.
  private var fileStatus: FileStatus? {
    var buffer = stat()
    // SAFETY: stat(2) reads the path and fills the buffer, which is of the type it expects.
    let result = unsafe withCString { path in unsafe stat(path, &buffer) }
    return result == 0 ? FileStatus(buffer) : nil
  }

  /// What a symbolic link leads to, or nil if there is none.
  package var linkTarget: NativeString? {
    var buffer = [UInt8](repeating: 0, count: Int(PATH_MAX))
    // SAFETY: readlink(2) writes at most the buffer's size and says how much.
    let count = unsafe withCString { path in
      unsafe buffer.withUnsafeMutableBytes { bytes in
        guard let base = unsafe bytes.assumingMemoryBound(to: CChar.self).baseAddress else {
          return 0
        }
        return unsafe readlink(path, base, bytes.count)
      }
    }
    return count > 0 ? NativeString(buffer[..<count]) : nil
  }
}
