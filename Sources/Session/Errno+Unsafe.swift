// SPDX-License-Identifier: Apache-2.0 WITH Swift-exception
// The C library's words for an error.

import Glibc
import LinuxABIHosted

extension Errno {
  /// As strerror(3) has it, with a small first letter to stand inside a sentence.
  package var message: String {
    // SAFETY: strerror(3) gives a string that holds until this thread calls it again.
    let text = unsafe NativeString(pointer: strerror(rawValue))?.description ?? "error \(rawValue)"
    return text.prefix(1).lowercased() + text.dropFirst()
  }
}
