// SPDX-License-Identifier: Apache-2.0 WITH Swift-exception
// All atomic accesses of the inner ring, and the lock made of them.

internal import CShim
package import LinuxABI

/// Atomic words in memory that is shared between threads or processes.
package enum Atomic {
  /// Acquire; pairs with `store` and the exchanges.
  package static func load(_ address: TargetAddress) -> UInt32 {
    sw_load_acquire32(address.rawValue)
  }

  /// Release; pairs with `load`.
  package static func store(_ value: UInt32, to address: TargetAddress) {
    sw_store_release32(address.rawValue, value)
  }

  package static func exchange(_ address: TargetAddress, _ value: UInt32) -> UInt32 {
    sw_exchange32(address.rawValue, value)
  }

  package static func exchange(
    _ address: TargetAddress, from: UInt32, to value: UInt32
  ) -> Bool {
    sw_compare_exchange32(address.rawValue, from, value)
  }

  package static func exchangeWord(
    _ address: TargetAddress, from: UInt64, to value: UInt64
  ) -> Bool {
    sw_compare_exchange64(address.rawValue, from, value)
  }

  /// Returns the value before.
  package static func add(_ address: TargetAddress, _ value: UInt32) -> UInt32 {
    sw_fetch_add32(address.rawValue, value)
  }

  /// Returns the value before.
  package static func or(_ address: TargetAddress, _ bits: UInt32) -> UInt32 {
    sw_fetch_or32(address.rawValue, bits)
  }

  /// Relaxed: counters are read when nobody writes them any more, or as a snapshot.
  package static func count(_ address: TargetAddress, _ value: UInt64) {
    sw_add64(address.rawValue, value)
  }

  /// Takes the value and leaves 0.
  package static func drain(_ address: TargetAddress) -> UInt64 {
    sw_exchange64(address.rawValue, 0)
  }
}

/// A futex lock over one word: 0 free, 1 held, 2 held and waited for.
///
/// Held only while all signals are blocked, so the holder cannot be interrupted by itself.
/// - Source: `futex(2)`.
package enum FutexLock {
  package static func acquire(_ word: TargetAddress) {
    if Atomic.exchange(word, from: 0, to: 1) { return }
    while Atomic.exchange(word, 2) != 0 {
      Kernel.call(.futex, Int(bits: word), 128, 2)
    }
  }

  package static func release(_ word: TargetAddress) {
    if Atomic.exchange(word, 0) == 2 { Kernel.call(.futex, Int(bits: word), 129, 1) }
  }
}
