// SPDX-License-Identifier: Apache-2.0 WITH Swift-exception
// Bytes of literals.

extension StaticString {
  /// The byte at an index below `utf8CodeUnitCount`.
  package func byte(at index: Int) -> UInt8 {
    // SAFETY: callers count up to utf8CodeUnitCount, and every literal here has a pointer.
    unsafe utf8Start[index]
  }
}
