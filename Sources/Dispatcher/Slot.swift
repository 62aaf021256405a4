// SPDX-License-Identifier: Apache-2.0 WITH Swift-exception
// The slot that a rewritten site jumps to.

internal import CLayout
internal import CShim
internal import LinuxABI

/// A slot, by the number of its site; see sites.h.
struct Slot {
  let number: UInt32

  private static var area: UInt64 { sw_slots() }

  init(_ number: UInt32) { self.number = number }

  /// The slot that an address lies in.
  init?(containing address: UInt64) {
    let offset = address &- Self.area
    guard offset < UInt64(SW_SITES * SW_SLOT_SIZE) else { return nil }
    number = UInt32(truncatingIfNeeded: offset / UInt64(SW_SLOT_SIZE))
  }

  static var size: UInt64 { UInt64(SW_SLOT_SIZE) }

  var start: UInt64 { Self.area + UInt64(number) * Self.size }

  /// Makes slots executable, before the first is filled.
  static func open() {
    guard Sites.with({ $0.isOpen }) == 0 else { return }
    let length = Int(SW_SITES * SW_SLOT_SIZE)
    let access = MapFlags.read | MapFlags.execute
    if Kernel.call(.mprotect, Int(bits: area), length, access) == 0 {
      Sites.with { $0.isOpen = 1 }
    }
  }

  /// The five bytes of a jump, or nil if that is too far.
  static func jump(from place: UInt64, to target: UInt64) -> UInt64? {
    let operation: UInt64 = 0xe9
    let distance = Int64(bitPattern: target &- (place &+ SiteChange.length))
    guard let near = Int32(exactly: distance) else { return nil }
    return operation | UInt64(UInt32(bitPattern: near)) << 8
  }

  /// Puts the slot's code together in `buffer`, which has room for it.
  ///
  /// - Parameter counter: the address of a cell that holds the counter's, for a slot that counts.
  /// - Returns: the offset up to which the call is not made yet.
  func encode(_ site: Site, counter: UInt64, into buffer: TargetAddress) -> UInt8 {
    let code = sw_slot_code(Int32(site.kind))
    let place = buffer.advanced(by: UInt64(code.number))
    let syscallLength: UInt64 = 2
    OwnMemory.copy(to: buffer, from: TargetAddress(code.code), count: Self.size)
    if code.entered != 0 {
      OwnMemory.store(UInt64(number) << 32 | UInt64(site.number), to: place)
      let jumpEnd = UInt64(code.entered)
      let distance = sw_landmarks().enter &- (start &+ jumpEnd)
      OwnMemory.store(
        UInt32(truncatingIfNeeded: distance), to: buffer.advanced(by: jumpEnd &- 4))
      return code.entered
    }
    OwnMemory.store(site.number, to: place)
    OwnMemory.store(
      site.address &+ syscallLength, to: buffer.advanced(by: UInt64(code.behind)))
    if code.cell != 0 { OwnMemory.store(counter, to: buffer.advanced(by: UInt64(code.cell))) }
    return code.answered
  }
}

extension Slot {
  /// How a signal found a thread in a slot.
  enum Place: UInt8 {
    /// The call is not made yet: the thread can go on there as if at its site.
    case before
    /// The call was interrupted by the signal, or is to be restarted behind its handler.
    case interrupted
    case behind
  }

  func place(_ context: sw_ucontext) -> Place {
    let offset = context.registers.rip &- start
    let answered = UInt64(Sites.at(number) { $0.answered })
    if offset < answered { return .before }
    let isInterrupted = Int64(bitPattern: context.registers.rax) == Int64(Errno.interrupted.result)
    return offset == answered && isInterrupted ? .interrupted : .behind
  }

  /// Puts a thread that a signal found in the slot to its site, or behind it.
  func settle(_ context: inout sw_ucontext) {
    let behind = Sites.at(number) { $0.address } &+ 2
    if case .before = place(context) {
      takeBack(&context)
    } else {
      context.registers.rip = behind
      context.registers.rcx = behind
    }
  }

  /// Puts the thread to its site, which it then enters by the trap. What rcx and r11 were there, the
  /// call would have destroyed.
  func takeBack(_ context: inout sw_ucontext) {
    let site = Sites.at(number) { $0 }
    let code = sw_slot_code(Int32(site.kind))
    let offset = context.registers.rip &- start
    let gateLength: UInt64 = 2
    let isAtGate = offset == UInt64(code.answered) &- gateLength
    if offset >= UInt64(code.saved), code.entered != 0 || offset < UInt64(code.restored) {
      let hasOverflow = code.entered == 0 && offset >= UInt64(code.overflow)
      context.restoreArithmetic(from: context.registers.rax, hasOverflow: hasOverflow)
    }
    if offset >= UInt64(code.counted), code.counted != 0 { uncount() }
    // A call that the kernel restarts by another number keeps that.
    if !isAtGate { context.registers.rax = UInt64(site.number) }
    takeBack(&context, to: site)
  }

  /// As `takeBack`, for a thread between the slot and the record; rax, rcx and r11 are not its own.
  func takeBack(_ context: inout sw_ucontext, to site: Site) {
    let gateLength: UInt64 = 2
    context.registers.rip = site.address
    context.registers.rcx = site.address &+ gateLength
    context.registers.r11 = context.registers.flags
  }

  private func uncount() {
    let isKnown = SyscallNumber(rawValue: UInt64(Sites.at(number) { $0.number })).isKnown
    let counter = Monitor.with { isKnown ? $0.issuedCounter : $0.unknownCounter }
    Atomic.count(TargetAddress(counter), UInt64.max)
  }
}

extension sw_ucontext {
  /// The arithmetic flags, as `lahf` left them in ah and `seto` in al.
  ///
  /// - Source: Intel SDM volume 2, LAHF: SF, ZF, AF, PF and CF are bits 7, 6, 4, 2 and 0 of ah.
  mutating func restoreArithmetic(from ax: UInt64, hasOverflow: Bool) {
    let inHigh: UInt64 = 0xd5
    let overflow: UInt64 = 1 << 11
    registers.flags = registers.flags & ~inHigh | (ax >> 8 & inHigh)
    if hasOverflow { return }
    registers.flags = registers.flags & ~overflow | (ax & 1 == 0 ? 0 : overflow)
  }
}
