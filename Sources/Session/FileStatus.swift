// SPDX-License-Identifier: Apache-2.0 WITH Swift-exception
// What stat(2) tells of a file, as far as starting it depends on that.

import Glibc

/// Type, rights, owner, size and identity of a file.
struct FileStatus {
  private let value: stat

  init(_ value: stat) { self.value = value }

  private func isType(_ type: mode_t) -> Bool { value.st_mode & S_IFMT == type }

  var isRegular: Bool { isType(S_IFREG) }
  var isDirectory: Bool { isType(S_IFDIR) }
  var size: Int { Int(value.st_size) }
  var inode: UInt64 { UInt64(value.st_ino) }

  /// Whether an exec would change the effective user or group.
  ///
  /// - Source: `bprm_fill_uid` of the kernel's fs/exec.c.
  var changesIdentity: Bool {
    if value.st_mode & S_ISUID != 0 && value.st_uid != geteuid() { return true }
    let setGroup = S_ISGID | S_IXGRP
    return value.st_mode & setGroup == setGroup && value.st_gid != getegid()
  }
}
