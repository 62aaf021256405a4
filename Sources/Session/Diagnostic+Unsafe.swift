// SPDX-License-Identifier: Apache-2.0 WITH Swift-exception
// Writing text to a descriptor.

import Glibc

extension String {
  /// Writes all of the text, or as much as the reader takes.
  @discardableResult
  func writeAll(to descriptor: Int32) -> Bool {
    var rest = Array(utf8)[...]
    while !rest.isEmpty {
      // SAFETY: write(2) reads the slice, which lives over the call.
      let count = unsafe rest.withUnsafeBytes { bytes in
        unsafe Glibc.write(descriptor, bytes.baseAddress, bytes.count)
      }
      if count < 0 && errno == EINTR { continue }
      guard count > 0 else { return false }
      rest = rest.dropFirst(count)
    }
    return true
  }
}
