// SPDX-License-Identifier: Apache-2.0 WITH Swift-exception
// What a file in memory is for.

import CSession

/// The rights a file in memory starts with.
enum MemoryKind {
  /// Can never be made executable.
  case data
  /// Can be executed, and then sealed against any change.
  case program

  var flags: UInt32 {
    switch self {
    case .data: UInt32(CSESSION_NEVER_EXECUTABLE)
    case .program: UInt32(CSESSION_EXECUTABLE | CSESSION_SEALABLE)
    }
  }

  /// For kernels before 6.3.
  var olderFlags: UInt32 {
    switch self {
    case .data: 0
    case .program: UInt32(CSESSION_SEALABLE)
    }
  }
}
