// SPDX-License-Identifier: Apache-2.0 WITH Swift-exception
// Trials that hand memory of ours to the kernel, and mappings that they make.

internal import Glibc
internal import LinuxABIHosted

/// What a memory file may be used for.
enum MemoryFileUse: Int {
  /// The corresponding C constant is `MFD_NOEXEC_SEAL`, with `MFD_CLOEXEC`.
  case noExecute = 0x9
  /// The corresponding C constant is `MFD_EXEC`, with `MFD_CLOEXEC`.
  case execute = 0x11

  /// Older kernels know neither flag; there every memory file is executable.
  /// The corresponding C constants are `MFD_CLOEXEC | MFD_ALLOW_SEALING`.
  static var older: Int { 0x3 }

  var protection: Int32 { self == .execute ? PROT_READ | PROT_EXEC : PROT_READ }
}

extension Trial {
  private static var pageSize: Int { 4096 }

  private static func make(_ use: MemoryFileUse) throws(Errno) -> Int {
    // SAFETY: the literal is NUL-terminated and lives for ever; the kernel only reads it.
    let name = unsafe Int(bitPattern: StaticString("sysweir-doctor").utf8Start)
    do throws(Errno) {
      return try kernelCall(.createMemoryFile, name, use.rawValue)
    } catch {
      guard error == .invalid else { throw error }
      return try kernelCall(.createMemoryFile, name, MemoryFileUse.older)
    }
  }

  /// Makes a file of one page, lets `body` use its descriptor, and closes it.
  private static func withMemoryFile(
    _ use: MemoryFileUse, _ body: (Int) throws(Errno) -> Outcome
  ) -> Outcome {
    do throws(Errno) {
      let file = try make(use)
      defer { _ = close(Int32(file)) }
      _ = try kernelCall(.resize, file, pageSize)
      return try body(file)
    } catch {
      return .refused(error)
    }
  }

  private static func map(_ file: Int, _ protection: Int32) throws(Errno) {
    let address = try kernelCall(.map, 0, pageSize, Int(protection), Int(MAP_SHARED), file, 0)
    _ = try kernelCall(.unmap, address, pageSize)
  }

  static func memoryFile(_ use: MemoryFileUse, _ seen: String) -> Outcome {
    withMemoryFile(use) { (file) throws(Errno) in
      try map(file, use.protection)
      return .works(seen)
    }
  }

  /// Seals against writing, then sees that no writable mapping can be had.
  static func writeSeal() -> Outcome {
    withMemoryFile(.noExecute) { (file) throws(Errno) in
      // F_ADD_SEALS, F_SEAL_FUTURE_WRITE
      _ = try kernelCall(.control, file, 1033, 0x10)
      do throws(Errno) {
        try map(file, PROT_READ | PROT_WRITE)
        return .silent
      } catch {
        return error == .notPermitted ? .works("a sealed file refused to be written") : .silent
      }
    }
  }

  /// Asks whether our own executable could be run, which must not run it.
  static func executeCheck() -> Outcome {
    // SAFETY: a literal is NUL-terminated.
    let file = unsafe open("/proc/self/exe", O_RDONLY | O_CLOEXEC)
    guard file >= 0 else { return .refused(Errno(rawValue: errno)) }
    defer { _ = close(file) }
    let empty = StaticString("")
    // SAFETY: an empty path and two NULL vectors, which execveat reads as empty ones.
    let path = unsafe Int(bitPattern: empty.utf8Start)
    return outcome("a file was checked and not run") { () throws(Errno) in
      // AT_EMPTY_PATH | AT_EXECVE_CHECK
      try kernelCall(.executeAt, Int(file), path, 0, 0, 0x1_1000)
    }
  }

  static func openAt2() -> Outcome {
    // struct open_how: flags (O_PATH | O_CLOEXEC), mode, resolve (RESOLVE_NO_SYMLINKS)
    let how: [UInt64] = [0x28_0000, 0, 4]
    // SAFETY: the literal and the array outlive the call; the size passed is the array's.
    return unsafe how.withUnsafeBytes { bytes in
      let path = unsafe Int(bitPattern: StaticString("/").utf8Start)
      let address = Int(bitPattern: bytes.baseAddress)
      return outcome("opened without following links") { () throws(Errno) in
        close(Int32(try kernelCall(.openAt2, Int(AT_FDCWD), path, address, bytes.count)))
      }
    }
  }

  private static func outcome<Ignored>(
    _ seen: String, _ body: () throws(Errno) -> Ignored
  ) -> Outcome {
    do throws(Errno) {
      _ = try body()
      return .works(seen)
    } catch {
      return .refused(error)
    }
  }
}
