// SPDX-License-Identifier: Apache-2.0 WITH Swift-exception
// The two roles an ELF file plays in execve, which differ in what the kernel answers.

import LinuxABI

/// What an ELF file is loaded as.
///
/// - Source: `fs/binfmt_elf.c`, `load_elf_binary` and `load_elf_interp`.
package enum ImageRole: UInt8, Sendable {
  /// The file named in execve(2), or by a script's first line.
  case program
  /// The file named by the program's `PT_INTERP`.
  case interpreter

  /// What execve(2) answers for a header that is refused.
  var refusal: Errno {
    switch self {
    case .program: .noExec
    case .interpreter: .badLibrary
    }
  }
}
