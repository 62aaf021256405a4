// SPDX-License-Identifier: Apache-2.0 WITH Swift-exception
// Readable names of Swift functions.

import CSession
import Glibc

extension NativeString {
  /// The name as its author wrote it, if it is one of Swift; otherwise as it is.
  var demangled: String {
    // SAFETY: the runtime reads the name, which ends in NUL, and gives memory that is freed here.
    let text = unsafe withCString { name in
      unsafe swift_demangle(name, strlen(name), nil, nil, 0)
    }
    guard let text = unsafe text else { return description }
    defer { unsafe free(text) }
    return unsafe NativeString(pointer: text)?.description ?? description
  }
}
