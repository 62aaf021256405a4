// SPDX-License-Identifier: Apache-2.0 WITH Swift-exception
// Writing whole files.

internal import Glibc
internal import LinuxABIHosted
internal import Session

/// Writes a text to a file, which is made or replaced.
package func write(_ text: String, to path: String) throws(BenchError) {
  let flags = O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC
  // SAFETY: open(2) reads the path, which is NUL-terminated for the call, and keeps nothing.
  let file = unsafe open(path, flags, 0o666)
  guard file >= 0 else { throw .unwritable(path, Errno(rawValue: errno).message) }
  defer { close(file) }
  var rest = Array(text.utf8)[...]
  while !rest.isEmpty {
    // SAFETY: write(2) reads the slice, which lives over the call.
    let count = unsafe rest.withUnsafeBytes { unsafe Glibc.write(file, $0.baseAddress, $0.count) }
    if count < 0, errno == EINTR { continue }
    guard count > 0 else { throw .unwritable(path, Errno(rawValue: errno).message) }
    rest = rest.dropFirst(count)
  }
}
