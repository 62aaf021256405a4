// SPDX-License-Identifier: Apache-2.0 WITH Swift-exception
// From the monitor's first Swift instruction to the target's first: the loader's steps in order.

internal import CLayout
package import CShim
package import Dispatcher
internal import Executable
package import LinuxABI

/// Loads the program that the ticket names and enters it.
///
/// `stack` is the address of argc, as the kernel left the stack for the monitor; the program gets
/// it as it is, but for the entries of the auxiliary vector that describe the monitor.
package func start(stack: TargetAddress) -> Never {
  do throws(Errno) {
    let initial = try InitialStack(at: stack)
    let ticket = try Ticket(execName: initial.auxiliary(.execName))
    try openSession(ticket)
    let area = try makeFirstThread(ticket)
    refuseIfNeeded(ticket)
    warnIfNeeded(ticket)
    let program = try load(ticket, area)
    try describe(program, ticket, initial)
    ticket.close()
    try watch(ticket)
    enter(program, area, stack)
  } catch {
    Report.fail("cannot start the program", error)
  }
}

/// Maps the session and keeps what an exec needs to find it again.
private func openSession(_ ticket: Ticket) throws(Errno) {
  let size = try FileStatus(of: ticket.session)
  let mapped = try map(ticket.session, Int(bits: size.size))
  let monitor = try FileStatus(of: ticket.monitor)
  Monitor.with { state in
    state.session = UInt64(mapped)
    state.sessionDevice = size.device
    state.sessionInode = size.inode
    state.monitorDevice = monitor.device
    state.monitorInode = monitor.inode
  }
  let header = Tally.header()
  guard header.magic == SW_SESSION_MAGIC, header.version == SW_LAYOUT_VERSION else {
    throw .invalid
  }
  Monitor.with { state in
    state.options = header.options
    state.policy = header.policyLength == 0 ? 0 : state.session + header.policyOffset
    state.policyLength = header.policyLength
  }
}

/// Maps the session, or a private view if it could only be opened to be read.
private func map(_ session: Int, _ size: Int) throws(Errno) -> Int {
  let access = MapFlags.read | MapFlags.write
  do throws(Errno) {
    return try Kernel.attempt(.mmap, 0, size, access, MapFlags.shared, session, 0)
  } catch {
    guard error == .access else { throw error }
    return try Kernel.attempt(.mmap, 0, size, access, MapFlags.copied, session, 0)
  }
}

/// The record of the first thread, with the state that outlives an exec.
private func makeFirstThread(_ ticket: Ticket) throws(Errno) -> ThreadArea {
  let area = try ThreadArea.take()
  let ignored = SignalSet(rawValue: ticket.head.ignored)
  _ = ThreadRecord.at(area.record) { thread in
    thread.mask = ticket.head.mask & ~SignalSet.unmaskable.rawValue
    thread.kernelMask = thread.mask & ~SignalSet.reserved.rawValue
    thread.architecture = Architecture.x8664.rawValue
    thread.alternate = .disabled
    thread.enterBlockedWholly()
    thread.process = ticket.head.process
    thread.tid = UInt32(truncatingIfNeeded: Kernel.call(.gettid))
    thread.pid = UInt32(truncatingIfNeeded: Kernel.call(.getpid))
    thread.tally = Tally.claimTally(process: thread.process)
    Tally.countRewritten(process: thread.process)
    thread.adopt(area, ignored: ignored)
  }
  Monitor.with { $0.leader = area.record.rawValue }
  KernelAction.takeReserved()
  var stack = area.signalStack
  Kernel.call(.alternateStack, Int(bits: TargetMemory.address(of: &stack)))
  // From here on a fault of the monitor is seen; other reserved signals are held.
  Kernel.blockSignals()
  return area
}

/// Ends a process whose program cannot be run, with the reason.
private func refuseIfNeeded(_ ticket: Ticket) {
  guard ticket.head.refusal == ExecRefusal.compat else { return }
  var report = Report()
  report.add("32-bit programs are not supported yet: ")
  report.add(from: ticket.name)
  report.add("; run it without sysweir")
  report.send()
  Kernel.exit(status: 126)
}

/// A program that would have gained rights runs without them, as under any tracer; said once.
private func warnIfNeeded(_ ticket: Ticket) {
  guard ticket.head.flags & UInt32(SW_TICKET_SET_ID) != 0,
    Atomic.or(Tally.field(SW_SESSION_WARNED), UInt32(SW_WARNED_SET_ID))
      & UInt32(SW_WARNED_SET_ID) == 0
  else { return }
  var report = Report()
  report.add("warning: ")
  report.add(from: ticket.name)
  report.add(" is set-id or has capabilities; under sysweir it runs without the gain")
  report.send()
}

/// Maps the program. What is wrong with it now, the kernel would have found too late to answer:
/// it ends the process by SIGSEGV, and so do we.
private func load(_ ticket: Ticket, _ area: ThreadArea) throws(Errno) -> LoadedProgram {
  let scratch = ThreadRecord.at(area.record) { ExecScratch($0) }
  guard let scratch else { throw .noMemory }
  do throws(Errno) {
    return try LoadedProgram(ticket, scratch)
  } catch {
    KernelAction.endProcess(by: .segmentation)
  }
}

/// Arms the trap; from here on nothing but the monitor's code can call the kernel.
private func watch(_ ticket: Ticket) throws(Errno) {
  let isSeccomp = Monitor.options & UInt32(SW_OPTION_TRAP_SECCOMP) != 0
  if isSeccomp, ticket.head.flags & UInt32(SW_TICKET_ARMED) == 0 {
    try SeccompFilter.install()
  }
  if ticket.head.flags & UInt32(SW_TICKET_FILTERED) != 0 { Rewriting.stop() }
  Arming.arm()
}

/// Enters the program: one call sets registers, stack, mask and alternate stack at once.
private func enter(
  _ program: LoadedProgram, _ area: ThreadArea, _ stack: TargetAddress
) -> Never {
  _ = ThreadRecord.at(area.record) { thread in
    Kernel.blockAllSignals()
    raiseHeld(&thread, mask: thread.mask)
  }
  var context = sw_ucontext()
  context.registers.rip = program.entry.rawValue
  context.registers.rsp = stack.rawValue
  context.registers.flags = 0x202
  context.cs = 0x33
  context.ss = 0x2b
  context.stack = area.signalStack
  context.mask = ThreadRecord.at(area.record) { $0.kernelMask } ?? 0
  let segmentSaved: UInt64 = 6
  context.flags = segmentSaved
  sw_sigreturn(TargetMemory.address(of: &context).rawValue)
}
