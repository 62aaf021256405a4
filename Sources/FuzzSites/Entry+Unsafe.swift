// SPDX-License-Identifier: Apache-2.0 WITH Swift-exception
// libFuzzer's entry: one file for the planner of sites.

// Only scripts/fuzz defines FUZZ: the tests link several fuzzers, which would all have this name.
#if FUZZ
  import Glibc

  /// Stops the fuzzer if a promise is broken.
  ///
  /// - Source: LLVM's libFuzzer, `LLVMFuzzerTestOneInput`.
  @c(LLVMFuzzerTestOneInput)
  public func fuzzOneInput(_ data: UnsafePointer<UInt8>?, _ size: Int) -> CInt {
    // SAFETY: libFuzzer owns `size` readable bytes at `data` until this returns.
    let bytes = unsafe [UInt8](UnsafeBufferPointer(start: data, count: size))
    if let broken = Promises.broken(by: bytes) {
      print("broken promise:", broken)
      fflush(nil)
      abort()
    }
    return 0
  }
#endif
