// SPDX-License-Identifier: Apache-2.0 WITH Swift-exception
// What the kernel says of an open file.

internal import CShim
package import LinuxABI

/// The kernel's struct stat (x86-64).
private struct KernelStat: BitwiseCopyable {
  var device: UInt64 = 0
  var inode: UInt64 = 0
  var links: UInt64 = 0
  var mode: UInt32 = 0
  var user: UInt32 = 0
  var group: UInt32 = 0
  var padding: UInt32 = 0
  var special: UInt64 = 0
  var size: Int64 = 0
  var rest:
    (UInt64, UInt64, UInt64, UInt64, UInt64, UInt64, UInt64, UInt64, UInt64, UInt64, UInt64) =
      (0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0)
}

/// The part of a file's status that an exec looks at.
package struct FileStatus {
  package let device: UInt64
  package let inode: UInt64
  package let mode: UInt32
  package let user: UInt32
  package let group: UInt32
  /// Length in bytes.
  package let size: UInt64

  /// The status of an open file.
  package init(of descriptor: Int) throws(Errno) {
    var status = KernelStat()
    let address = TargetMemory.address(of: &status)
    try Kernel.attempt(.fstat, descriptor, Int(bits: address))
    self.init(status)
  }

  /// The status of what a path leads to.
  init(ofPath path: StaticString) throws(Errno) {
    var status = KernelStat()
    let address = TargetMemory.address(of: &status)
    var bytes: (UInt64, UInt64, UInt64, UInt64) = (0, 0, 0, 0)
    var text = TextBuffer(at: TargetMemory.address(of: &bytes))
    try text.append(path)
    try Kernel.attempt(.stat, Int(bits: text.start), Int(bits: address))
    self.init(status)
  }

  private init(_ status: KernelStat) {
    device = status.device
    inode = status.inode
    mode = status.mode
    user = status.user
    group = status.group
    size = UInt64(bitPattern: status.size)
  }

  package var isRegular: Bool { mode & 0o170000 == 0o100000 }

  /// Set-user-id, or set-group-id as opposed to mandatory locking.
  var changesUser: Bool { mode & 0o4000 != 0 }
  var changesGroup: Bool { mode & 0o2010 == 0o2010 }
}

extension Monitor {
  /// Whether a file is the one that the monitor was executed from.
  static func isItself(_ status: FileStatus) -> Bool {
    with { $0.monitorDevice == status.device && $0.monitorInode == status.inode }
  }
}
