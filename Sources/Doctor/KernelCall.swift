// SPDX-License-Identifier: Apache-2.0 WITH Swift-exception
// Calls made by number, because the C library has no function for them or Swift cannot import it.

internal import CProbe
internal import LinuxABIHosted

/// The numbers of the calls that trials make.
///
/// - Source: `arch/x86/entry/syscalls/syscall_64.tbl`.
enum CallNumber: Int {
  case closeFile = 3
  case map = 9
  case unmap = 11
  case control = 72
  case resize = 77
  case createMemoryFile = 319
  case executeAt = 322
  case allocateKey = 330
  case freeKey = 331
  case closeRange = 436
  case openAt2 = 437
  case landlockCreate = 444
}

/// Makes a call; the caller answers for every argument that is an address.
func kernelCall(
  _ number: CallNumber, _ a: Int = 0, _ b: Int = 0, _ c: Int = 0,
  _ d: Int = 0, _ e: Int = 0, _ f: Int = 0
) throws(Errno) -> Int {
  let result = probe_call(number.rawValue, a, b, c, d, e, f)
  if let error = Errno(result: result) { throw error }
  return result
}
