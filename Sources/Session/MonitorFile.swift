// SPDX-License-Identifier: Apache-2.0 WITH Swift-exception
// The monitor's executable: where it is, and how it is made to load at a fixed address.

import Glibc
import LinuxABIHosted

/// The monitor as it is executed in targets.
struct MonitorFile: ~Copyable {
  /// Stays open, so that targets can execute it again.
  let descriptor: Descriptor
  /// The part of the ELF file that is loaded, an ELF file itself.
  let image: [UInt8]
  /// Where it must be loaded, 0 if anywhere.
  let fixedBase: UInt64
  let path: NativeString

  static let fileName: NativeString = "sysweir-monitor"

  /// Finds the monitor beside the running program, or in libexec beside its directory.
  static func find() throws(SessionError) -> MonitorFile {
    guard let program = NativeString("/proc/self/exe").linkTarget else {
      throw .system("read /proc/self/exe", .current)
    }
    let places = [
      program.directory + "/" + fileName,
      program.directory.directory + "/libexec/sysweir/" + fileName,
    ]
    for place in places where place.executeError == nil {
      return try open(place)
    }
    throw .monitorMissing(searched: places)
  }

  static func open(_ path: NativeString) throws(SessionError) -> MonitorFile {
    do throws(Errno) {
      let file = try Descriptor.open(path)
      let head = try file.read(MonitorImage.headSize)
      guard let length = MonitorImage.loadedLength(head) else { throw .noExec }
      let image = MonitorImage.withoutSections(try file.read(length))
      guard image.count == length else { throw .noExec }
      return MonitorFile(descriptor: file, image: image, fixedBase: 0, path: path)
    } catch {
      throw .monitorUnusable(path, error)
    }
  }

  /// The monitor in the form that the trap asks for.
  consuming func prepared(for trap: Trap) throws(SessionError) -> MonitorFile {
    trap == .seccomp ? try fixed() : self
  }

  /// The same monitor, linked to an address of its own that the target cannot foresee.
  private consuming func fixed() throws(SessionError) -> MonitorFile {
    let base = MonitorImage.randomBase()
    guard let moved = MonitorImage.relinked(image, to: base) else {
      throw .monitorUnusable(path, .noExec)
    }
    return try SessionError.attempt("copy the monitor to memory") { () throws(Errno) in
      let file = try Descriptor.memory(named: "sysweir-monitor", .program)
      try file.write(moved, at: 0)
      try file.seal()
      return MonitorFile(descriptor: file, image: moved, fixedBase: base, path: path)
    }
  }

  /// A second way to the file, with a position of its own that has been set.
  func reopened(at position: Int) throws(SessionError) -> Descriptor {
    try SessionError.attempt("open the monitor again") { () throws(Errno) in
      let file = try Descriptor.open(fixedBase == 0 ? path : descriptor.processPath)
      try file.setPosition(position)
      return file
    }
  }
}
