// SPDX-License-Identifier: Apache-2.0 WITH Swift-exception
// Areas of threads: where a thread's record and the monitor's stacks for it lie.

internal import CLayout
package import CShim
package import LinuxABI

/// The area of one thread, by the address of its record; see thread.h for the picture.
package struct ThreadArea {
  package let record: TargetAddress

  /// Who uses an area.
  private enum Use {
    static var free: UInt32 { 0 }
    static var live: UInt32 { 1 }
    /// Its thread is on its way out; free once the kernel does not know it any more.
    static var leaving: UInt32 { 2 }
  }

  package init(_ thread: borrowing ThreadRecord) { record = TargetAddress(thread.address) }

  init(record: TargetAddress) { self.record = record }

  private var base: UInt64 { record.rawValue &- UInt64(SW_AREA_RECORD) }

  /// The page of signal actions that belongs to the area.
  package var actions: TargetAddress { TargetAddress(base + UInt64(SW_AREA_ACTIONS)) }

  /// Memory for the arguments of an exec.
  package var scratch: TargetAddress { TargetAddress(base + UInt64(SW_AREA_SCRATCH)) }

  package static var scratchSize: UInt64 { UInt64(SW_AREA_SIGNALS - SW_AREA_SCRATCH) }

  /// The alternate stack that the kernel is told of.
  package var signalStack: sw_stack {
    sw_stack(
      address: base + UInt64(SW_AREA_SIGNALS), flags: 0, padding: 0,
      size: UInt64(SW_AREA_SIZE - SW_AREA_SIGNALS))
  }

  /// The lock over the lists of areas.
  package static var lock: TargetAddress {
    Monitor.with { TargetMemory.address(of: &$0.areasLock) }
  }

  /// Takes a free area, or a new one. Called with all signals blocked.
  package static func take() throws(Errno) -> ThreadArea {
    FutexLock.acquire(lock)
    defer { FutexLock.release(lock) }
    if let area = IdleAreas.take() ?? orphan() { return area }
    let area = try map()
    _ = ThreadRecord.at(area.record) { thread in
      thread.address = area.record.rawValue
      thread.next = Monitor.with { $0.areas }
      thread.use = Use.live
      ThreadNumbers.number(&thread)
    }
    Monitor.with { $0.areas = area.record.rawValue }
    return area
  }

  /// An area whose thread did not come along when this process was forked.
  private static func orphan() -> ThreadArea? {
    let generation = Monitor.with { $0.generation }
    var next = Monitor.with { $0.orphans }
    defer { Monitor.with { $0.orphans = next } }
    while next != 0 {
      let area = ThreadArea(record: TargetAddress(next))
      let isTaken = ThreadRecord.at(area.record) { thread in
        next = thread.next
        guard thread.generation != generation else { return false }
        area.clear(&thread)
        return true
      }
      if isTaken == true { return area }
    }
    return nil
  }

  /// After a fork: all areas but the running thread's are without a thread.
  static func disown(except thread: inout ThreadRecord) {
    thread.generation = Monitor.with { state in
      state.generation &+= 1
      state.idle = 0
      state.orphans = state.areas
      return state.generation
    }
    Atomic.store(0, to: lock)
  }

  /// Makes an area as new.
  func clear(_ thread: inout ThreadRecord) {
    if thread.leftover != 0 {
      Kernel.call(.munmap, Int(bits: thread.leftover), Int(bits: thread.leftoverLength))
    }
    thread.leftover = 0
    thread.use = Use.live
    Atomic.store(0, to: actions.advanced(by: 4))
    Atomic.store(0, to: actions)
  }

  /// Whether nobody needs the area any more: neither its thread nor users of its actions.
  func isFree(_ thread: borrowing ThreadRecord) -> Bool {
    if Atomic.load(actions.advanced(by: 4)) != 0 { return false }
    if thread.use == Use.free { return true }
    guard thread.use == Use.leaving else { return false }
    return Kernel.call(.tgkill, Int(thread.pid), Int(thread.tid), 0) == Errno.noProcess.result
  }

  private static func map() throws(Errno) -> ThreadArea {
    let size = UInt64(SW_AREA_SIZE)
    let mapped = UInt64(
      try Kernel.attempt(
        .mmap, 0, Int(bits: size * 2), MapFlags.read | MapFlags.write,
        MapFlags.copied | MapFlags.anonymous, -1, 0))
    let base = (mapped + size - 1) & ~(size - 1)
    if base > mapped { Kernel.call(.munmap, Int(bits: mapped), Int(bits: base - mapped)) }
    let rest = mapped + size - base
    if rest > 0 { Kernel.call(.munmap, Int(bits: base + size), Int(bits: rest)) }
    Kernel.call(.mprotect, Int(bits: base), Int(bits: Page.size), 0)
    return ThreadArea(record: TargetAddress(base + UInt64(SW_AREA_RECORD)))
  }

  /// Gives back the area of a thread that never ran, or of a child that left its memory.
  package func giveBack() {
    _ = ThreadRecord.at(record) { thread in
      // A child that said itself that it leaves is in the list already.
      let isListed = thread.isLeaving
      thread.use = Use.free
      if !isListed { IdleAreas.add(&thread) }
    }
  }
}

extension ThreadRecord {
  /// Says that the thread is about to end and that its area may be used once it has.
  mutating func markLeaving() {
    use = 2
    IdleAreas.add(&self)
  }

  var isLeaving: Bool { use == 2 }
}
