// SPDX-License-Identifier: Apache-2.0 WITH Swift-exception
// Rewriting a site that traps again and again, so that it jumps to its slot.

internal import CLayout
package import CShim
internal import Decision
package import LinuxABI

/// Rewrites sites by the way that needs no proof from outside: `mov $nr, %eax` right before
/// `syscall` becomes a jump. The trap has shown that the two bytes at the site are executed as
/// `syscall` with the moved number in rax; they stay, so whoever branches to them still traps. That it
/// is a move, `SiteBytes` proves. A site that lies across pages is left alone: one of them may be
/// replaced without the other.
package enum Rewriting {
  private static var lock: TargetAddress {
    Sites.with { TargetMemory.address(of: &$0.lock) }
  }

  package static var isOn: Bool { Monitor.options & UInt32(SW_OPTION_REWRITE) != 0 }

  /// Looks at a trapped call, before anything is done about it, and rewrites its site if it is due.
  static func consider(_ thread: inout ThreadRecord) {
    guard isOn, thread.architecture == Architecture.x8664.rawValue, !isStopped,
      thread.strict == 0, let number = Sites.countTrap(at: thread.site)
    else { return }
    thread.enterBlocked()
    FutexLock.acquire(lock)
    if !isStopped, prepare(number, thread) { rewrite(number, &thread) }
    FutexLock.release(lock)
    thread.leaveBlocked()
  }

  /// Whether a filter of the target's may be in force, which might kill for what is done here.
  static var isStopped: Bool { Sites.with { $0.isStopped } != 0 }

  /// Behind an exec that a filter outlived.
  package static func stop() {
    Sites.with { $0.isStopped = 1 }
  }

  /// Before a filter is installed that may be one of all threads: waits for what they are doing.
  static func stop(_ thread: inout ThreadRecord) {
    guard isOn, !isStopped else { return }
    thread.enterBlocked()
    whileStill { stop() }
    thread.leaveBlocked()
  }

  /// After a filter was refused.
  static func resume() {
    Sites.with { $0.isStopped = 0 }
  }

  /// Runs `body` while no code is changed.
  static func whileStill<R>(_ body: () -> R) -> R {
    FutexLock.acquire(lock)
    let result = body()
    FutexLock.release(lock)
    return result
  }

  /// Before a thread or process is made that shares this memory or its descriptors with the others.
  static func willShare() {
    guard isOn, Sites.with({ $0.isShared }) == 0 else { return }
    // A filter of the target's might kill for it; nothing is rewritten behind one.
    if !isStopped { CodeBarrier.register() }
    Sites.with { $0.isShared = 1 }
  }

  /// After a fork: nobody else runs in this memory, and the lock that the parent took is ours.
  static func own(sharesFiles: Bool) {
    Sites.with { $0.isShared = sharesFiles ? 1 : 0 }
    Atomic.store(0, to: lock)
  }

  /// Whether an instruction at an address is to be tried again: it was there only while the code of
  /// a site changed.
  static func isChanging(at address: UInt64) -> Bool {
    let short: UInt8 = 5
    let long: UInt8 = 6
    if isChanging(short, from: address) || isChanging(long, from: address) { return true }
    let prefix: UInt8 = 0x48
    return isChanging(long, from: address &+ 1)
      && (try? TargetMemory.byte(at: TargetAddress(address))) == prefix
  }

  /// A `hlt` that stays there is the target's own.
  private static func isChanging(_ distance: UInt8, from start: UInt64) -> Bool {
    guard let number = Sites.find(start &+ UInt64(distance)) else { return false }
    let site = Sites.at(number) { $0 }
    guard site.before == distance else { return false }
    if site.state == UInt32(SW_SITE_PATCHING) { return true }
    let byte = try? TargetMemory.byte(at: TargetAddress(start))
    return byte == SiteChange.jump || byte == UInt8(truncatingIfNeeded: site.original)
  }

  /// Makes a call that changes mappings, while no code is changed; see MemoryCalls.swift.
  static func make(
    _ change: MemoryChange, _ number: SyscallNumber, _ thread: inout ThreadRecord
  ) -> Int {
    FutexLock.acquire(lock)
    defer { FutexLock.release(lock) }
    let endsStubs = NearStubs.holds(change.removed)
    let restored = endsStubs ? AddressRange.all : change.restored
    if Sites.hasRewritten(in: restored) {
      restore(restored, &thread)
      // What cannot be given back must not be written.
      if Sites.hasRewritten(in: restored) { return Errno.noMemory.result }
    }
    if endsStubs { NearStubs.forget(change.removed) }
    CodeRegions.forget(change.restored)
    CodeRegions.forget(change.removed)
    CodeRegions.forget(change.kept)
    let call = thread.call
    let result = Kernel.call(
      number, Int(bits: call.a), Int(bits: call.b), Int(bits: call.c), Int(bits: call.d),
      Int(bits: call.e), Int(bits: call.f))
    if Errno(result: result) == nil {
      Sites.forget(change.removed)
      if !change.kept.isEmpty { Sites.setRights(call.c, in: change.kept) }
    }
    return result
  }

  private static func restore(_ range: AddressRange, _ thread: inout ThreadRecord) {
    guard Sites.with({ $0.isShared }) != 0, !isStopped else { return SiteChange.restore(range) }
    thread.enterBlockedWholly()
    Assistant.run(.restore(range))
    // Where there can be no more threads.
    if Sites.hasRewritten(in: range) { SiteChange.restoreByRights(range) }
  }

  /// Finds out what of a site can be changed. The site is refused, unless it turns out well.
  private static func prepare(_ number: UInt32, _ thread: borrowing ThreadRecord) -> Bool {
    guard Sites.at(number, { $0.state }) == UInt32(SW_SITE_TRAPPING) else { return false }
    Sites.at(number) { $0.state = UInt32(SW_SITE_REFUSED) }
    let address = thread.site
    let rax = thread.registers.rax
    guard isPlain(UInt32(truncatingIfNeeded: rax)), let bytes = try? SiteBytes(at: address),
      let distance = try? bytes.distance(ofMove: rax),
      Page.down(address &- UInt64(distance)) == Page.down(address &+ 1)
    else { return false }
    Sites.at(number) { site in
      site.number = UInt32(truncatingIfNeeded: rax)
      site.before = distance
      site.original = bytes.word(from: distance)
    }
    return true
  }

  private static func rewrite(_ number: UInt32, _ thread: inout ThreadRecord) {
    let isShared = Sites.with { $0.isShared } != 0
    if isShared {
      // The assistant has no record, so nothing may come to it.
      thread.enterBlockedWholly()
      Assistant.run(.rewrite(number))
    } else {
      SiteChange.rewrite(number)
    }
  }

  /// Whether a slot may make this call by itself.
  private static func isPlain(_ call: UInt32) -> Bool {
    let number = SyscallNumber(rawValue: UInt64(call))
    if Treatment(number) != nil { return false }
    if case .allow = policy().verdict(number.rawValue, .x8664) { return true }
    return false
  }
}
