// SPDX-License-Identifier: Apache-2.0 WITH Swift-exception
// Whether a file can be read.

internal import Glibc
internal import Session

extension NativeString {
  /// True if this process may open the file for reading.
  var isReadable: Bool {
    // SAFETY: access(2) reads the path and keeps nothing.
    unsafe withCString { unsafe access($0, R_OK) == 0 }
  }
}
