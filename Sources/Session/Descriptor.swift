// SPDX-License-Identifier: Apache-2.0 WITH Swift-exception
// Ownership of a file descriptor.

import CSession
import Glibc
import LinuxABIHosted

/// An open file descriptor that is closed when its owner goes.
///
/// It is always closed on exec, and never one of the standard three even if those were closed.
struct Descriptor: ~Copyable {
  private let number: Int32

  /// Takes over an open descriptor.
  init(owning number: Int32) { self.number = number }

  deinit { _ = Glibc.close(number) }

  /// - Throws: what close(2) says; the descriptor is gone all the same.
  consuming func close() throws(Errno) {
    let number = self.number
    discard self
    if Glibc.close(number) < 0 { throw .current }
  }

  /// The number, valid as long as the descriptor is.
  var rawNumber: Int32 { number }

  /// Where later system calls find the file, also from other processes of the same user.
  var processPath: NativeString { NativeString("/proc/self/fd/\(number)") }

  /// Takes what a call of `CSession` gave: a number, or -errno.
  static func adopting(result: Int32) throws(Errno) -> Descriptor {
    if let error = Errno(result: Int(result)) { throw error }
    return try adopting(result)
  }

  /// Takes a number that a call gave, and moves it out of the way of the standard streams.
  static func adopting(_ number: Int32) throws(Errno) -> Descriptor {
    guard number >= 0 else { throw .current }
    let first = Descriptor(owning: number)
    if number > STDERR_FILENO { return first }
    let moved = fcntl(number, F_DUPFD_CLOEXEC, STDERR_FILENO + 1)
    guard moved >= 0 else { throw .current }
    return Descriptor(owning: moved)
  }
}

extension Errno {
  /// The error of the last call of the C library in this thread.
  static var current: Self { Self(rawValue: errno) }
}

extension Descriptor {
  /// Cuts or extends the file; what is new reads as zero and takes no memory yet.
  func setSize(_ size: Int) throws(Errno) {
    guard ftruncate(rawNumber, off_t(size)) == 0 else { throw .current }
  }

  /// Forbids any change for ever.
  func seal() throws(Errno) {
    if let error = Errno(result: Int(csession_seal(rawNumber))) { throw error }
  }

  /// All bytes of a regular file.
  static func contents(of path: NativeString) throws(Errno) -> [UInt8] {
    let file = try open(path)
    return try file.read(try file.status().size)
  }

  /// Sets the position that a read without an offset starts from.
  func setPosition(_ position: Int) throws(Errno) {
    guard lseek(rawNumber, off_t(position), SEEK_SET) >= 0 else { throw .current }
  }

  /// Whether an exec of the file would give it another user, group or capabilities.
  ///
  /// - Source: `begin_new_exec` of the kernel's fs/exec.c, `capabilities(7)`.
  var changesIdentity: Bool {
    // A file that cannot be asked is executed as one without rights of its own.
    if (try? status())?.changesIdentity == true { return true }
    return geteuid() != 0 && csession_has_capabilities(rawNumber) == 1
  }
}
