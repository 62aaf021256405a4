// SPDX-License-Identifier: Apache-2.0 WITH Swift-exception
// Lending arrays of bytes to parsers.

extension Array where Element == UInt8 {
  /// Lends the bytes as a span, for parsers that need no more than that.
  func withSpan<Result, Failure>(
    _ body: (borrowing RawSpan) throws(Failure) -> Result
  ) throws(Failure) -> Result {
    // SAFETY: the array lives over the call, and a span cannot leave the closure.
    try body(unsafe span.bytes)
  }
}
