// SPDX-License-Identifier: Apache-2.0 WITH Swift-exception
// Calls on descriptors that take addresses.

import CSession
import Glibc
import LinuxABIHosted

extension Descriptor {
  /// Opens a file, closed on exec and without becoming its terminal's session.
  static func open(_ path: NativeString, _ flags: Int32 = O_RDONLY) throws(Errno) -> Descriptor {
    // SAFETY: open(2) reads the path and keeps nothing.
    let number = unsafe path.withCString { path in
      unsafe Glibc.open(path, flags | O_CLOEXEC | O_NOCTTY)
    }
    return try adopting(number)
  }

  /// Makes a file, or empties the one there is.
  static func create(_ path: NativeString) throws(Errno) -> Descriptor {
    let flags = O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC | O_NOCTTY
    // SAFETY: open(2) reads the path and keeps nothing.
    let number = unsafe path.withCString { path in unsafe Glibc.open(path, flags, 0o666) }
    return try adopting(number)
  }

  /// A new file in memory.
  ///
  /// - Parameter kind: tried first; older kernels have no such flags and no need of them.
  static func memory(named name: String, _ kind: MemoryKind) throws(Errno) -> Descriptor {
    // SAFETY: memfd_create(2) reads the name and keeps nothing.
    let first = unsafe csession_memory(name, kind.flags)
    guard first == -EINVAL else { return try adopting(result: first) }
    return try adopting(result: unsafe csession_memory(name, kind.olderFlags))
  }

  /// Type, mode, owner and size of the file.
  func status() throws(Errno) -> FileStatus {
    var buffer = stat()
    // SAFETY: fstat(2) fills the buffer, which is of the type it expects.
    guard unsafe fstat(rawNumber, &buffer) == 0 else { throw .current }
    return FileStatus(buffer)
  }

  /// Reads up to so many bytes from an offset; fewer only at the end of the file.
  func read(_ count: Int, at offset: Int = 0) throws(Errno) -> [UInt8] {
    var failure: Errno?
    // SAFETY: pread(2) writes at most what is left of the buffer; only what it wrote is counted.
    let bytes = unsafe [UInt8](unsafeUninitializedCapacity: count) { buffer, filled in
      while filled < count {
        let rest = unsafe UnsafeMutableRawBufferPointer(
          rebasing: UnsafeMutableRawBufferPointer(buffer)[filled...])
        let got = unsafe pread(rawNumber, rest.baseAddress, rest.count, off_t(offset + filled))
        if got < 0 && errno == EINTR { continue }
        if got < 0 { failure = .current }
        if got <= 0 { return }
        filled += got
      }
    }
    if let failure { throw failure }
    return bytes
  }

  /// Writes all of the bytes at an offset and leaves the file's own position alone.
  func write(_ bytes: [UInt8], at offset: Int) throws(Errno) {
    var done = 0
    while done < bytes.count {
      // SAFETY: pwrite(2) reads what is left of the array, which lives over the call.
      let put = unsafe bytes[done...].withUnsafeBytes { rest in
        unsafe pwrite(rawNumber, rest.baseAddress, rest.count, off_t(offset + done))
      }
      if put < 0 && errno == EINTR { continue }
      guard put > 0 else { throw .current }
      done += put
    }
  }
}
