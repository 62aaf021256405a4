// SPDX-License-Identifier: Apache-2.0 WITH Swift-exception
// A site, and how it can be rewritten.

/// An instruction that makes a system call, in a file.
package struct Site: Equatable, Sendable {
  /// Bytes around the site that can be replaced or moved, its own included, at most.
  static let windowLimit = 24
  /// Bytes of a `jmp` with a distance of 32 bits.
  static let jumpSize = 5
  /// Bytes of every kind of site.
  package static let size = 2

  /// Of its first byte in the file.
  package internal(set) var offset: Int
  /// Of its first byte in memory, before relocation.
  package internal(set) var address: UInt64
  package internal(set) var kind: SiteKind
  package internal(set) var way = RewriteWay.none
  /// Bytes of instructions before the site that are replaced or moved.
  package internal(set) var before = 0
  /// Bytes of instructions after it that are moved.
  package internal(set) var after = 0
  /// Distance in bytes from the site to the padding; 0 if none is used.
  package internal(set) var padding = 0
  /// The call's number, if the instruction before is a `mov` of it to eax or rax.
  package internal(set) var number: UInt32?
  /// Offsets from `window.lowerBound` of the instructions in the window.
  package internal(set) var boundaries: [Int] = []
  /// The file's bytes in the window.
  package internal(set) var original: [UInt8] = []
  package internal(set) var hindrance = Hindrance.none

  /// Offsets in the file of the site and of all that is replaced or moved with it.
  package var window: Range<Int> { (offset - before)..<(offset + Self.size + after) }

  /// Offsets in the file of the bytes that are changed, apart from padding.
  package var changed: Range<Int> {
    switch way {
    case .none: offset..<offset
    case .prefix: (offset - before)..<(offset - before + Self.jumpSize)
    case .padding: offset..<(offset + Self.size)
    case .before, .after, .around: (offset - before)..<(offset - before + Self.jumpSize)
    }
  }

  /// Addresses of the same, for what the hardware makes of a store.
  private var changedAddresses: Range<UInt64> {
    let start = address &+ UInt64(bitPattern: Int64(changed.lowerBound - offset))
    return start..<(start &+ UInt64(changed.count))
  }

  /// Whether the bytes to change lie on two cache lines of 64 bytes.
  package var crossesLine: Bool { crosses(64) }

  /// Whether the bytes to change lie on two pages of 4096 bytes.
  package var crossesPage: Bool { crosses(4096) }

  private func crosses(_ size: UInt64) -> Bool {
    guard !changed.isEmpty else { return false }
    let addresses = changedAddresses
    return addresses.lowerBound / size != (addresses.upperBound - 1) / size
  }
}
