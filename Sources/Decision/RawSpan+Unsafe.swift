// SPDX-License-Identifier: Apache-2.0 WITH Swift-exception
// Reading words out of bytes.

extension RawSpan {
  /// The 32-bit word at a byte offset; the caller has checked the bounds.
  func unsafeLoadWord(at offset: Int) -> UInt32 {
    // SAFETY: `CompiledPolicy.word` compares the offset with the span's length.
    unsafe unsafeLoadUnaligned(fromByteOffset: offset, as: UInt32.self)
  }
}
