// SPDX-License-Identifier: Apache-2.0 WITH Swift-exception
// Little-endian fields of a file at any offset, with zeros past the end.

extension RawSpan {
  /// The byte at an offset; 0 outside of the span.
  ///
  /// The kernel parses a zero-filled buffer, so that a short file reads on as zeros.
  /// - Source: `fs/exec.c`, `prepare_binprm`.
  func byte(at offset: Int) -> UInt8 {
    guard offset >= 0, offset < byteCount else { return 0 }
    return Span<UInt8>(_bytes: self)[offset]
  }

  func uint16(at offset: Int) -> UInt16 {
    UInt16(byte(at: offset)) | UInt16(byte(at: offset &+ 1)) << 8
  }

  func uint32(at offset: Int) -> UInt32 {
    UInt32(uint16(at: offset)) | UInt32(uint16(at: offset &+ 2)) << 16
  }

  func uint64(at offset: Int) -> UInt64 {
    UInt64(uint32(at: offset)) | UInt64(uint32(at: offset &+ 4)) << 32
  }
}
