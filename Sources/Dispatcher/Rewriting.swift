// SPDX-License-Identifier: Apache-2.0 WITH Swift-exception
// Rewriting a site that traps again and again, so that it jumps to its slot.

internal import CLayout
package import CShim
internal import Decision
internal import EventLog
package import LinuxABI

/// Rewrites sites by the way that needs no proof from outside: `mov $nr, %eax` right before
/// `syscall` becomes a jump. The trap has shown that the two bytes at the site are executed as
/// `syscall` with the moved number in rax; they stay, so whoever branches to them still traps.
///
/// No other instruction that ends at the site can lie in those bytes: its own last bytes were the
/// high half of a small number, two zeros, which is `add %al, (%rax)` and would have faulted.
package enum Rewriting {
  private static var lock: TargetAddress {
    Sites.with { TargetMemory.address(of: &$0.lock) }
  }

  package static var isOn: Bool { Monitor.options & UInt32(SW_OPTION_REWRITE) != 0 }

  /// Looks at a trapped call, before anything is done about it, and rewrites sites if that is due.
  static func consider(_ thread: inout ThreadRecord) {
    guard thread.way == CallWay.trap.rawValue, !Monitor.isFiltered, thread.strict == 0,
      thread.architecture == Architecture.x8664.rawValue
    else { return }
    let isDue = Sites.countTrap(at: thread.site, rax: thread.registers.rax)
    guard isDue || ThreadNumbers.isMissing(thread) else { return }
    thread.enterBlocked()
    FutexLock.acquire(lock)
    ThreadNumbers.take(&thread)
    if isDue, choose() { change(.rewrite, &thread) }
    FutexLock.release(lock)
    thread.leaveBlocked()
  }

  /// Runs `body` while no code is changed.
  static func whileStill<R>(_ body: () -> R) -> R {
    FutexLock.acquire(lock)
    let result = body()
    FutexLock.release(lock)
    return result
  }

  /// Before a thread or process is made that runs in this memory beside the others.
  static func willShare() {
    guard isOn, Sites.with({ $0.isShared }) == 0 else { return }
    CodeBarrier.register()
    Sites.with { $0.isShared = 1 }
  }

  /// After a fork: nobody else runs in this memory, and the lock that the parent took is ours.
  static func own() {
    Sites.with { $0.isShared = 0 }
    Atomic.store(0, to: lock)
  }

  /// Whether an instruction at an address is to be tried again: it was there only while the code of
  /// a site changed.
  static func isChanging(at address: UInt64) -> Bool {
    let short: UInt64 = 5
    let long: UInt64 = 7
    return hasSite(short, behind: address) || hasSite(long, behind: address)
  }

  private static func hasSite(_ distance: UInt64, behind address: UInt64) -> Bool {
    guard let number = Sites.find(address &+ distance) else { return false }
    return UInt64(Sites.at(number) { $0.before }) == distance
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
      self.change(.restore(restored), &thread)
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
    if Errno(result: result) == nil { Sites.forget(change.removed) }
    return result
  }

  /// Changes code, in another thread where this one may not open files.
  private static func change(_ task: Assistant.Task, _ thread: inout ThreadRecord) {
    guard Sites.with({ $0.isShared }) != 0 else { return Assistant.perform(task) }
    // The assistant has no record, so nothing may come to it.
    thread.enterBlockedWholly()
    Assistant.run(task)
  }

  /// Marks the sites that are to be rewritten now; whether there are any. Others are left to the
  /// trap for ever.
  private static func choose() -> Bool {
    var hasChosen = false
    Sites.each { number in
      let site = Sites.at(number) { $0 }
      guard site.state == UInt32(SW_SITE_TRAPPING), site.traps >= Sites.least else { return }
      let kind = kind(of: site.number)
      let window = try? SiteBytes(at: site.address).distance(ofMove: UInt64(site.number))
      Sites.at(number) { site in
        site.refuse()
        guard let kind, let window else { return }
        site.kind = UInt8(kind)
        site.before = window
        site.state = UInt32(SW_SITE_CHOSEN)
        hasChosen = true
      }
    }
    return hasChosen
  }

  /// What the slot of a call does, or nil if it is left to the trap.
  private static func kind(of call: UInt32) -> Int? {
    let number = SyscallNumber(rawValue: UInt64(call))
    let counts = Monitor.options & UInt32(SW_OPTION_COUNT) != 0
    let plain = counts ? SW_SLOT_COUNTING : SW_SLOT_PLAIN
    let entering = ThreadNumbers.areThere ? SW_SLOT_ENTERING : nil
    guard case .allow = policy().verdict(number.rawValue, .x8664) else { return entering }
    switch Treatment(number) {
    case nil: return plain
    // Unwinders know a return from a handler by its bytes.
    case .actionReturn: return nil
    case .name where !Monitor.answersExecutable: return plain
    default: return entering
    }
  }
}

/// The bytes around a site.
private struct SiteBytes {
  private var before: UInt64 = 0
  private var behind: UInt64 = 0

  init(at site: UInt64) throws(Errno) {
    try TargetMemory.load(&before, from: TargetAddress(site &- 8))
    try TargetMemory.load(&behind, from: TargetAddress(site))
  }

  /// Where the move of a number to rax begins, counted back from the site.
  func distance(ofMove rax: UInt64) throws(Errno) -> UInt8 {
    let syscall: UInt64 = 0x050f
    let moveShort: UInt64 = 0xb8
    let moveLong: UInt64 = 0xc0_c748
    let largest: UInt64 = 0xffff
    guard behind & 0xffff == syscall, before >> 32 == rax, rax <= largest else { throw .noExec }
    if before >> 24 & 0xff == moveShort { return 5 }
    if before >> 8 & 0xff_ffff == moveLong { return 7 }
    throw .noExec
  }
}
