// SPDX-License-Identifier: Apache-2.0 WITH Swift-exception
// The C library's answers about kernel and process, as Swift values.

internal import CProbe
internal import Glibc
internal import LinuxABIHosted

/// The whole of a small file, or nil if it cannot be read.
package func text(of path: String) -> String? {
  // SAFETY: the string is NUL-terminated for the call, as every String bridged to C is.
  let file = unsafe open(path, O_RDONLY | O_CLOEXEC)
  guard file >= 0 else { return nil }
  defer { _ = close(file) }
  var bytes: [UInt8] = []
  var piece = [UInt8](repeating: 0, count: 4096)
  while true {
    // SAFETY: the kernel writes at most the count that the array itself names.
    let count = unsafe piece.withUnsafeMutableBytes { unsafe read(file, $0.baseAddress, $0.count) }
    guard count >= 0 else { return nil }
    if count == 0 { return String(decoding: bytes, as: UTF8.self) }
    bytes += piece[..<count]
  }
}

extension Settings {
  static func kernelName() -> (release: String, machine: String) {
    var name = utsname()
    // SAFETY: the structure is ours and is filled before it is read.
    guard unsafe uname(&name) == 0 else { return ("unknown", "unknown") }
    return (string(of: name.release), string(of: name.machine))
  }

  /// The text up to the NUL in one of the fixed arrays that C has and Swift sees as a tuple.
  private static func string<Fixed>(of fixed: Fixed) -> String {
    // SAFETY: the bytes are those of a copy that lives for the call.
    unsafe withUnsafeBytes(of: fixed) {
      unsafe String(decoding: $0.prefix { $0 != 0 }, as: UTF8.self)
    }
  }

  static func ownUserID() -> UInt32 { getuid() }

  static func descriptorLimits() -> (soft: UInt64, hard: UInt64)? {
    var limit = rlimit()
    // SAFETY: the structure is ours and is filled before it is read.
    guard unsafe getrlimit(__rlimit_resource_t(RLIMIT_NOFILE.rawValue), &limit) == 0 else {
      return nil
    }
    return (UInt64(limit.rlim_cur), UInt64(limit.rlim_max))
  }

  static func auxiliaryValue(_ type: UInt) -> UInt64? {
    let value = probe_auxiliary(type)
    return value == 0 ? nil : UInt64(value)
  }
}

/// The name and the meaning of an error, as errno(3) has them.
func name(of error: Errno) -> String {
  // SAFETY: both functions return NUL-terminated text that lives for ever.
  let name = unsafe String(cString: probe_error_name(error.rawValue))
  let meaning = unsafe String(cString: probe_error_meaning(error.rawValue))
  return "\(name), \(meaning)"
}
