// SPDX-License-Identifier: Apache-2.0 WITH Swift-exception
// Error numbers of the kernel, as a value that can be thrown without allocation.

/// An error number as the kernel gives it, positive.
///
/// - Source: `errno(3)`.
package struct Errno: Error, RawRepresentable, Equatable, Sendable {
  package let rawValue: Int32

  package init(rawValue: Int32) { self.rawValue = rawValue }

  private init(_ rawValue: Int32) { self.rawValue = rawValue }

  /// The error in a result of the kernel, or nil if the call succeeded.
  package init?(result: Int) {
    guard result < 0, result >= -4095 else { return nil }
    self.rawValue = Int32(truncatingIfNeeded: -result)
  }

  /// What the kernel would leave in rax.
  package var result: Int { -Int(rawValue) }

  /// The corresponding C constant is `EPERM`.
  package static var notPermitted: Self { Self(1) }
  /// The corresponding C constant is `ENOENT`.
  package static var noEntry: Self { Self(2) }
  /// The corresponding C constant is `ESRCH`.
  package static var noProcess: Self { Self(3) }
  /// The corresponding C constant is `EINTR`.
  package static var interrupted: Self { Self(4) }
  /// The corresponding C constant is `EIO`.
  package static var ioError: Self { Self(5) }
  /// The corresponding C constant is `ENXIO`.
  package static var noDeviceOrAddress: Self { Self(6) }
  /// The corresponding C constant is `E2BIG`.
  package static var tooBig: Self { Self(7) }
  /// The corresponding C constant is `ENOEXEC`.
  package static var noExec: Self { Self(8) }
  /// The corresponding C constant is `EBADF`.
  package static var badDescriptor: Self { Self(9) }
  /// The corresponding C constant is `EAGAIN`.
  package static var tryAgain: Self { Self(11) }
  /// The corresponding C constant is `ENOMEM`.
  package static var noMemory: Self { Self(12) }
  /// The corresponding C constant is `EACCES`.
  package static var access: Self { Self(13) }
  /// The corresponding C constant is `EFAULT`.
  package static var badAddress: Self { Self(14) }
  /// The corresponding C constant is `EBUSY`.
  package static var busy: Self { Self(16) }
  /// The corresponding C constant is `EEXIST`.
  package static var exists: Self { Self(17) }
  /// The corresponding C constant is `ENOTDIR`.
  package static var notDirectory: Self { Self(20) }
  /// The corresponding C constant is `EISDIR`.
  package static var isDirectory: Self { Self(21) }
  /// The corresponding C constant is `EINVAL`.
  package static var invalid: Self { Self(22) }
  /// The corresponding C constant is `EMFILE`.
  package static var tooManyOpen: Self { Self(24) }
  /// The corresponding C constant is `ETXTBSY`.
  package static var textBusy: Self { Self(26) }
  /// The corresponding C constant is `ENAMETOOLONG`.
  package static var nameTooLong: Self { Self(36) }
  /// The corresponding C constant is `ENOSYS`.
  package static var noCall: Self { Self(38) }
  /// The corresponding C constant is `ELOOP`.
  package static var tooManyLinks: Self { Self(40) }
  /// The corresponding C constant is `ELIBBAD`.
  package static var badLibrary: Self { Self(80) }
}
