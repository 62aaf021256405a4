// SPDX-License-Identifier: Apache-2.0 WITH Swift-exception
// Why a file cannot be executed, in terms of the bytes at fault.

package import LinuxABI

/// A fault in a file that was to be executed.
///
/// - Source: `execve(2)`, `fs/binfmt_elf.c`, `fs/binfmt_script.c`.
package struct FormatError: Error, Equatable {
  package enum Reason: UInt8, Sendable {
    /// The file ends before the header, or before the table that the header announces.
    case truncated
    case notELF
    /// A 32-bit x86 program, which runs natively where the kernel emulates ia32.
    case wrongClass
    /// A program of the x32 ABI, which runs natively where the kernel has that ABI.
    case x32
    /// A program for another machine, and a big-endian one.
    case wrongEndian
    case wrongMachine
    /// Neither `ET_EXEC` nor `ET_DYN`.
    case wrongType
    case programHeaderSize
    /// No program header, or more than 64 KiB of them.
    case programHeaderCount
    /// Nothing would be in memory when the program starts.
    case noLoadSegment
    /// A segment has more bytes in the file than in memory.
    case segmentSize
    /// File offset and address of a segment differ within the page.
    case segmentAlignment
    /// A segment's file offset is more than a file can have.
    case segmentOffset
    /// The page where a writable segment's zeros begin is past the end of the file.
    case segmentBeyondFile
    /// A segment leaves the user's half of the address space.
    case addressOverflow
    case entryAddress
    /// The path of the ELF interpreter is empty, or longer than `PATH_MAX`.
    case interpreterSize
    case interpreterBeyondFile
    case interpreterUnterminated
    /// The path of an interpreter, ELF's or a script's, begins with NUL.
    case interpreterEmpty
    /// Nothing but blanks follows `#!`.
    case scriptNoInterpreter
    /// The interpreter's path does not end within the first 256 bytes.
    case scriptTooLong
  }

  package var reason: Reason
  /// Byte offset in the file of the field at fault.
  package var offset: UInt64
  package var expected: UInt64
  package var found: UInt64
  /// What execve(2) answers natively, if no handler other than ELF and script is registered.
  ///
  /// With `isFatal`, the value that the kernel has at hand when it kills the process instead.
  package var errno: Errno
  /// Whether the kernel finds this too late to answer, and ends the process by `SIGSEGV`.
  ///
  /// - Source: `fs/exec.c`, `bprm_execve` and `point_of_no_return`.
  package var isFatal: Bool

  package init(
    _ reason: Reason, offset: UInt64, expected: UInt64, found: UInt64,
    errno: Errno, isFatal: Bool = false
  ) {
    self.reason = reason
    self.offset = offset
    self.expected = expected
    self.found = found
    self.errno = errno
    self.isFatal = isFatal
  }
}
