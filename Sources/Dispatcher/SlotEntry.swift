// SPDX-License-Identifier: Apache-2.0 WITH Swift-exception
// Signals that find a thread between a slot and its record; see `sw_enter` in enter.S.

internal import CShim
internal import LinuxABI

/// A thread on its way from a slot into the monitor: the call is always taken back to its site.
enum SlotEntry {
  /// Takes the call back if the thread is on that way.
  static func takeBack(
    _ context: inout sw_ucontext, _ thread: borrowing ThreadRecord
  ) {
    let marks = sw_landmarks()
    let rip = context.registers.rip
    guard rip >= marks.enter, rip < marks.enterEnd, rip != marks.entered else { return }
    let isKept = rip >= marks.enterKept && rip < marks.entered
    let isPast = rip > marks.entered && rip < marks.enterByTrap
    guard !isPast else { return }
    let slot = Slot(UInt32(truncatingIfNeeded: context.registers.r11 >> 32))
    let site = Sites.at(slot.number) { $0 }
    let flags = context.registers.flags
    let ax = isKept ? UInt64(thread.arithmetic) : context.registers.rax
    if isKept { context.registers = thread.registers }
    context.registers.flags = flags
    let sahfLength: UInt64 = 1
    let hasOverflow = rip == marks.enterRestored &- sahfLength
    if rip < marks.enterRestored { context.restoreArithmetic(from: ax, hasOverflow: hasOverflow) }
    context.registers.rax = UInt64(site.number)
    slot.takeBack(&context, to: site)
  }
}
