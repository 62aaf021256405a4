// SPDX-License-Identifier: Apache-2.0 WITH Swift-exception
// Settings of the kernel and of this process that matter, as read from /proc and the auxv.

/// What the kernel does with the fixed page of time calls at the end of the address space.
///
/// - Source: kernel parameter `vsyscall=`.
package enum VsyscallMode: String, Sendable {
  /// There is no such page.
  case absent = "none"
  /// Its calls are emulated, its bytes cannot be read.
  case executeOnly = "xonly"
  /// Its calls are emulated and its bytes can be read.
  case emulate
}

/// Numbers and modes that are read; nil where that failed.
package struct Settings: Sendable {
  /// As `uname -r`.
  package var release = "unknown"
  /// As `uname -m`.
  package var machine = "unknown"
  package var userID: UInt32 = 0
  package var vsyscall: VsyscallMode?
  /// Lowest address that an ordinary user may map, in bytes.
  package var lowestAddress: UInt64?
  /// Mappings that a process may have.
  package var mapLimit: UInt64?
  /// 0: memory files may be executable; 1: only if asked for; 2: never.
  package var memoryFileMode: UInt64?
  /// Soft and hard limit of descriptors.
  package var descriptors: (soft: UInt64, hard: UInt64)?
  /// Bytes of stack that a signal handler needs at least (AT_MINSIGSTKSZ).
  package var signalStack: UInt64?

  package init() {}

  package static func read() -> Settings {
    var settings = Settings()
    (settings.release, settings.machine) = kernelName()
    settings.userID = ownUserID()
    settings.vsyscall = vsyscallMode()
    settings.lowestAddress = number(in: "/proc/sys/vm/mmap_min_addr")
    settings.mapLimit = number(in: "/proc/sys/vm/max_map_count")
    settings.memoryFileMode = number(in: "/proc/sys/vm/memfd_noexec")
    settings.descriptors = descriptorLimits()
    settings.signalStack = auxiliaryValue(51)
    return settings
  }

  private static func number(in path: String) -> UInt64? {
    guard let text = text(of: path) else { return nil }
    return UInt64(text.prefix(while: \.isNumber))
  }

  private static func vsyscallMode() -> VsyscallMode? {
    guard let maps = text(of: "/proc/self/maps") else { return nil }
    return VsyscallMode(maps: maps)
  }
}

extension VsyscallMode {
  /// Reads the mode off the text of /proc/self/maps.
  package init(maps: String) {
    let line = maps.split(separator: "\n").first { $0.hasSuffix("[vsyscall]") }
    guard let line else {
      self = .absent
      return
    }
    self = line.contains(" r-xp ") ? .emulate : .executeOnly
  }
}
