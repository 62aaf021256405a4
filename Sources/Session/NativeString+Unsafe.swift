// SPDX-License-Identifier: Apache-2.0 WITH Swift-exception
// Crossing between byte strings and C strings.

import Glibc

extension NativeString {
  /// Lends the bytes with a NUL behind them.
  package func withCString<Result>(
    _ body: (UnsafePointer<CChar>) -> Result
  ) -> Result {
    let terminated = bytes.map { CChar(bitPattern: $0) } + [0]
    // SAFETY: the array ends in NUL and outlives the closure; no callee keeps the pointer.
    return unsafe terminated.withUnsafeBufferPointer { buffer in
      guard let base = buffer.baseAddress else { return unsafe body("") }
      return unsafe body(base)
    }
  }

  /// Copies a C string, or nothing if there is none.
  init?(pointer: UnsafePointer<CChar>?) {
    guard let pointer = unsafe pointer else { return nil }
    // SAFETY: callers pass strings of the process's own argument and environment block, or of
    // the C library, which all end in NUL.
    let count = unsafe strlen(pointer)
    let buffer = unsafe UnsafeBufferPointer(start: pointer, count: count)
    self.init(unsafe buffer.map { UInt8(bitPattern: $0) })
  }

  /// The value of a variable of this process's environment.
  package static func environment(_ name: String) -> Self? {
    // SAFETY: the program is of one thread while it reads its environment and never changes it.
    unsafe Self(pointer: getenv(name))
  }

  /// The arguments that this process was started with, byte for byte.
  package static var processArguments: [Self] {
    let count = Int(CommandLine.argc)
    // SAFETY: argv has argc strings, which nobody changes.
    return (0..<count).compactMap { unsafe Self(pointer: CommandLine.unsafeArgv[$0]) }
  }
}
