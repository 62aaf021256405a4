// SPDX-License-Identifier: Apache-2.0 WITH Swift-exception
// How a thread that comes from a slot finds its record, without memory or registers of its own.

internal import CLayout
internal import CShim
package import LinuxABI

/// The kernel's struct user_desc.
///
/// - Source: `arch/x86/include/uapi/asm/ldt.h`, `set_thread_area(2)`.
private struct SegmentDescriptor: BitwiseCopyable {
  var entry: UInt32
  var base: UInt32
  var limit: UInt32
  var flags: UInt32

  /// The corresponding C fields are `seg_32bit` and `useable`.
  static var plainData: UInt32 { 1 | 1 << 6 }
}

/// Numbers of threads: the limit of a descriptor that the kernel keeps for each thread, which no
/// 64-bit program uses, and which `lsl` reads.
///
/// Only the call of i386 sets it, by an address below 4 GiB. Without it, slots of calls that the
/// monitor must see are not made.
package enum ThreadNumbers {
  /// Whether threads get numbers in this memory: from the first rewriting on, if the kernel can.
  static var areThere: Bool { Monitor.with { $0.descriptor != 0 && $0.lacksNumbers == 0 } }

  /// Whether a thread has yet to take its number.
  static func isMissing(_ thread: borrowing ThreadRecord) -> Bool {
    guard thread.isNumbered == 0, thread.number != 0 else { return false }
    return areThere
  }

  /// Gives the running thread the number of its area. Called under the lock of sites.
  static func take(_ thread: inout ThreadRecord) {
    guard thread.isNumbered == 0, thread.number != 0, Monitor.with({ $0.lacksNumbers }) == 0
    else { return }
    if Monitor.options & UInt32(SW_OPTION_NO_I386) != 0 { return }
    if !areThere { makePage() }
    guard areThere else { return }
    FutexLock.acquire(ThreadArea.lock)
    thread.isNumbered = isSet(thread.number) ? 1 : 0
    FutexLock.release(ThreadArea.lock)
    if thread.isNumbered == 0 { Monitor.with { $0.lacksNumbers = 1 } }
  }

  private static func makePage() {
    let below4GiB = 0x40
    let kind = MapFlags.copied | MapFlags.anonymous | below4GiB
    let page = Kernel.call(
      .mmap, 0, Int(bits: Page.size), MapFlags.read | MapFlags.write, kind, -1, 0)
    if page > 0 { Monitor.with { $0.descriptor = UInt64(page) } }
  }

  /// Gives an area its number for ever.
  static func number(_ thread: inout ThreadRecord) {
    let number = Monitor.with { state in
      state.numbers += 1
      return state.numbers
    }
    guard number < UInt32(SW_THREAD_NUMBERS) else { return }
    thread.number = number
    OwnMemory.store(thread.address, to: TargetAddress(sw_numbered(number)))
  }

  /// Before a thread is made that starts with the number of this one.
  static func willPass(_ parent: borrowing ThreadRecord, to child: inout ThreadRecord) {
    child.isNumbered = 0
    child.parentNumber = parent.isNumbered == 0 ? 0 : parent.number
  }

  /// Gives a new thread a number in the place of its parent's. Where that cannot be done, neither of
  /// them enters by a slot any more.
  static func replace(_ thread: inout ThreadRecord) {
    guard thread.parentNumber != 0 else { return }
    let number = thread.number
    FutexLock.acquire(ThreadArea.lock)
    let isTaken = !Monitor.isFiltered && number != 0 && isSet(number)
    if !isTaken {
      OwnMemory.store(UInt64(0), to: TargetAddress(sw_numbered(thread.parentNumber)))
    }
    thread.isNumbered = isTaken ? 1 : 0
    FutexLock.release(ThreadArea.lock)
  }

  private static func isSet(_ number: UInt32) -> Bool {
    let address = Monitor.with { $0.descriptor }
    OwnMemory.store(
      SegmentDescriptor(
        entry: UInt32(SW_NUMBER_ENTRY), base: 0, limit: number,
        flags: SegmentDescriptor.plainData), to: TargetAddress(address))
    return sw_set_number(address) == 0
  }
}
