// SPDX-License-Identifier: Apache-2.0 WITH Swift-exception
// The instructions that enter the kernel.

import CLayout

/// How a site makes its call.
package enum SiteKind: UInt8, CaseIterable, Sendable {
  case syscall = 0
  case sysenter = 1
  case int80 = 2

  /// The two bytes of the instruction.
  package var bytes: [UInt8] {
    switch self {
    case .syscall: [0x0f, 0x05]
    case .sysenter: [0x0f, 0x34]
    case .int80: [0xcd, 0x80]
    }
  }

  /// As the assembler writes it.
  package var name: String {
    switch self {
    case .syscall: "syscall"
    case .sysenter: "sysenter"
    case .int80: "int80"
    }
  }

  /// The kind that two bytes look like.
  package init?(_ first: UInt8, _ second: UInt8) {
    switch (first, second) {
    case (0x0f, 0x05): self = .syscall
    case (0x0f, 0x34): self = .sysenter
    case (0xcd, 0x80): self = .int80
    default: return nil
    }
  }
}
