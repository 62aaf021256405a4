// SPDX-License-Identifier: Apache-2.0 WITH Swift-exception
// Files by path, as bytes.

import Glibc
internal import LinuxABIHosted

/// What is asked of the file system; paths are bytes, as the kernel has them.
enum FileSystem {
  /// The bytes of a regular file.
  ///
  /// - Throws: What the kernel says; `EINVAL` for other files, `E2BIG` past the limit.
  static func contents(of path: [UInt8], limit: Int) throws(Errno) -> [UInt8] {
    // A pipe would wait for a writer.
    let file = try opened(path, O_RDONLY | O_NONBLOCK)
    defer { _ = close(file) }
    var status = stat()
    // SAFETY: fstat(2) fills the buffer, which is of the type it expects.
    guard unsafe fstat(file, &status) == 0 else { throw current }
    guard status.st_mode & S_IFMT == S_IFREG else { throw .invalid }
    guard status.st_size <= limit else { throw .tooBig }
    var failure: Errno?
    let size = Int(status.st_size)
    // SAFETY: read(2) writes at most what is left of the buffer; only what it wrote is counted.
    let bytes = unsafe [UInt8](unsafeUninitializedCapacity: size) { buffer, filled in
      while filled < size {
        let rest = unsafe UnsafeMutableRawBufferPointer(
          rebasing: UnsafeMutableRawBufferPointer(buffer)[filled...])
        let count = unsafe read(file, rest.baseAddress, rest.count)
        if count < 0 && errno == EINTR { continue }
        if count < 0 { failure = current }
        if count <= 0 { return }
        filled += count
      }
    }
    if let failure { throw failure }
    return bytes
  }

  /// Makes a folder for its owner alone, and those above it that are missing.
  static func makeFolders(_ path: [UInt8]) throws(Errno) {
    let slash = UInt8(ascii: "/")
    let ends = path.indices.dropFirst().filter { path[$0] == slash } + [path.count]
    for end in ends {
      // SAFETY: mkdir(2) reads the path and keeps nothing.
      let result = unsafe withPath(Array(path[..<end])) { path in unsafe mkdir(path, 0o700) }
      if result != 0, errno != EEXIST { throw current }
    }
  }

  /// Puts a file in the place of another, in one step.
  static func replace(_ path: [UInt8], with bytes: [UInt8]) throws(Errno) {
    let new = path + Array(".\(getpid()).new".utf8)
    try write(new, bytes)
    // SAFETY: rename(2) and unlink(2) read the paths and keep nothing.
    let result = unsafe withPath(new) { from in
      unsafe withPath(path) { to in unsafe rename(from, to) }
    }
    if result == 0 { return }
    let failure = current
    remove(new)
    throw failure
  }

  private static func write(_ path: [UInt8], _ bytes: [UInt8]) throws(Errno) {
    remove(path)
    let file = try opened(path, O_WRONLY | O_CREAT | O_EXCL)
    defer { _ = close(file) }
    var done = 0
    while done < bytes.count {
      // SAFETY: write(2) reads what is left of the array, which lives over the call.
      let count = unsafe bytes[done...].withUnsafeBytes { rest in
        unsafe Glibc.write(file, rest.baseAddress, rest.count)
      }
      if count < 0 && errno == EINTR { continue }
      guard count > 0 else {
        let failure = current
        remove(path)
        throw failure
      }
      done += count
    }
  }

  private static func remove(_ path: [UInt8]) {
    // SAFETY: unlink(2) reads the path and keeps nothing.
    _ = unsafe withPath(path) { path in unsafe unlink(path) }
  }

  private static func opened(_ path: [UInt8], _ flags: Int32) throws(Errno) -> Int32 {
    // SAFETY: open(2) reads the path and keeps nothing.
    let number = unsafe withPath(path) { path in
      unsafe open(path, flags | O_CLOEXEC | O_NOCTTY, 0o600)
    }
    guard number >= 0 else { throw current }
    return number
  }

  /// The value of a variable of this process's environment, byte for byte.
  static func environment(_ name: String) -> [UInt8]? {
    // SAFETY: nobody changes the environment, and its strings end in NUL.
    guard let value = unsafe getenv(name) else { return nil }
    let count = unsafe strlen(value)
    return unsafe UnsafeBufferPointer(start: value, count: count).map { UInt8(bitPattern: $0) }
  }

  /// The error of the last call of the C library in this thread.
  private static var current: Errno { Errno(rawValue: errno) }

  private static func withPath<Result>(
    _ path: [UInt8], _ body: (UnsafePointer<CChar>) -> Result
  ) -> Result {
    let terminated = path.map { CChar(bitPattern: $0) } + [0]
    // SAFETY: the array ends in NUL and outlives the closure; no callee keeps the pointer.
    return unsafe terminated.withUnsafeBufferPointer { buffer in
      guard let base = buffer.baseAddress else { return unsafe body("") }
      return unsafe body(base)
    }
  }
}

extension Errno {
  /// As strerror(3) has it, with a small first letter to stand inside a sentence.
  var words: String {
    // SAFETY: strerror(3) gives a string that holds until this thread calls it again.
    guard let pointer = unsafe strerror(rawValue) else { return "error \(rawValue)" }
    let text = unsafe String(cString: pointer)
    return text.prefix(1).lowercased() + text.dropFirst()
  }
}
