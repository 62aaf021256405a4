// SPDX-License-Identifier: Apache-2.0 WITH Swift-exception
// Flags of clone and of the calls that start programs.

/// Flags of `clone(2)` and `clone3(2)`.
///
/// - Source: `include/uapi/linux/sched.h`.
package struct CloneFlags: FlagSet {
  package let rawValue: UInt64

  package init(rawValue: UInt64) { self.rawValue = rawValue }

  /// The corresponding C constant is `CLONE_VM`.
  package static var sharedMemory: Self { Self(rawValue: 0x100) }
  /// The corresponding C constant is `CLONE_FILES`.
  package static var sharedFiles: Self { Self(rawValue: 0x400) }
  /// The corresponding C constant is `CLONE_SIGHAND`.
  package static var sharedActions: Self { Self(rawValue: 0x800) }
  /// The corresponding C constant is `CLONE_VFORK`.
  package static var vfork: Self { Self(rawValue: 0x4000) }
  /// The corresponding C constant is `CLONE_THREAD`.
  package static var thread: Self { Self(rawValue: 0x10000) }
  /// The corresponding C constant is `CLONE_CLEAR_SIGHAND`.
  package static var clearActions: Self { Self(rawValue: 0x1_0000_0000) }
}

/// Flags of descriptors and paths.
package enum FileFlags {
  /// The corresponding C constant is `O_NONBLOCK`.
  package static var nonBlocking: Int { 0o4000 }
  /// The corresponding C constant is `O_NOCTTY`.
  package static var noTerminal: Int { 0o400 }
  /// The corresponding C constant is `O_NOFOLLOW`.
  package static var noFollow: Int { 0o400000 }
  /// The corresponding C constant is `O_CLOEXEC`.
  package static var closeOnExec: Int { 0o2000000 }
  /// The corresponding C constant is `O_RDWR`.
  package static var readWrite: Int { 2 }
  /// The corresponding C constant is `AT_FDCWD`.
  package static var currentDirectory: Int { -100 }
  /// The corresponding C constant is `AT_SYMLINK_NOFOLLOW`.
  package static var symlinkNoFollow: Int { 0x100 }
  /// The corresponding C constant is `AT_EMPTY_PATH`.
  package static var emptyPath: Int { 0x1000 }
  /// The corresponding C constant is `AT_EACCESS`.
  package static var effectiveAccess: Int { 0x200 }
  /// The corresponding C constant is `AT_EXECVE_CHECK`.
  package static var executeCheck: Int { 0x10000 }
}

/// Protections and flags of mappings.
///
/// - Source: `mmap(2)`.
package enum MapFlags {
  /// The corresponding C constant is `PROT_READ`.
  package static var read: Int { 1 }
  /// The corresponding C constant is `PROT_WRITE`.
  package static var write: Int { 2 }
  /// The corresponding C constant is `PROT_EXEC`.
  package static var execute: Int { 4 }
  /// The corresponding C constant is `PROT_GROWSDOWN`.
  package static var growsDown: Int { 0x0100_0000 }
  /// The corresponding C constant is `MAP_SHARED`.
  package static var shared: Int { 1 }
  /// The corresponding C constant is `MAP_PRIVATE`.
  package static var copied: Int { 2 }
  /// The corresponding C constant is `MAP_FIXED`.
  package static var fixed: Int { 0x10 }
  /// The corresponding C constant is `MAP_ANONYMOUS`.
  package static var anonymous: Int { 0x20 }
  /// The corresponding C constant is `MAP_FIXED_NOREPLACE`.
  package static var fixedNoReplace: Int { 0x100000 }
}
