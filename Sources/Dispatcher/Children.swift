// SPDX-License-Identifier: Apache-2.0 WITH Swift-exception
// Children of every kind: each starts armed, on a record of its own, before its first instruction.

internal import CLayout
package import CShim
package import LinuxABI

/// What a call asks of a child.
private struct ChildRequest {
  var flags: CloneFlags
  /// The stack pointer that the child starts with; 0 for the parent's.
  var stack: UInt64

  var sharesMemory: Bool { flags.contains(.sharedMemory) }
  var sharesActions: Bool { flags.contains(.sharedActions) }
}

/// `fork`, `vfork`, `clone` and `clone3`.
func makeChild(_ number: SyscallNumber, _ thread: inout ThreadRecord) -> Next {
  guard let request = request(number, &thread) else { return .issue }
  // Not even reserved signals may reach a child before it has a record of its own.
  thread.enterBlockedWholly()
  do throws(Errno) {
    let result =
      request.sharesMemory
      ? try makeSharing(request, &thread) : makeCopy(request, &thread)
    thread.result = Int64(result)
  } catch {
    thread.result = Int64(error.result)
  }
  return .leave
}

/// What the call asks for, or nil if the kernel will refuse it anyway.
private func request(_ number: SyscallNumber, _ thread: inout ThreadRecord) -> ChildRequest? {
  switch number {
  case .fork: return ChildRequest(flags: .none, stack: 0)
  case .vfork: return ChildRequest(flags: CloneFlags.sharedMemory.union(.vfork), stack: 0)
  case .clone:
    return ChildRequest(flags: CloneFlags(rawValue: thread.call.a), stack: thread.call.b)
  default: return requestOfClone3(&thread)
  }
}

/// Copies `struct clone_args`, so that the kernel gets what was looked at.
private func requestOfClone3(_ thread: inout ThreadRecord) -> ChildRequest? {
  let size = thread.call.b
  let smallest: UInt64 = 64
  guard size >= smallest, size <= Page.size else { return nil }
  let copy = ThreadArea(thread).scratch
  do throws(Errno) {
    try TargetMemory.copy(to: copy, from: TargetAddress(thread.call.a), count: size)
    let flags = try TargetMemory.word(at: copy)
    let stack = try TargetMemory.word(at: copy.advanced(by: 40))
    let stackSize = try TargetMemory.word(at: copy.advanced(by: 48))
    thread.call.a = copy.rawValue
    return ChildRequest(
      flags: CloneFlags(rawValue: flags), stack: stack == 0 ? 0 : stack &+ stackSize)
  } catch {
    return nil
  }
}

/// A child with memory of its own: it goes on with a copy of this very record.
private func makeCopy(_ request: ChildRequest, _ thread: inout ThreadRecord) -> Int {
  thread.childFlags = request.flags.rawValue
  thread.childStack = request.stack
  if request.flags.contains(.sharedFiles) { Rewriting.willShare() }
  let record = TargetMemory.address(of: &thread).rawValue
  return Rewriting.whileStill {
    FutexLock.acquire(ThreadArea.lock)
    let result = sw_clone(record, record)
    FutexLock.release(ThreadArea.lock)
    return result
  }
}

/// A child in the same memory: a thread, a vfork child, or a process that shares memory.
private func makeSharing(
  _ request: ChildRequest, _ thread: inout ThreadRecord
) throws(Errno) -> Int {
  let area = try ThreadArea.take()
  if !request.flags.contains(.vfork) { Rewriting.willShare() }
  let result = ThreadRecord.at(area.record) { child in
    prepare(&child, area, request, thread)
    return sw_clone(
      TargetMemory.address(of: &thread).rawValue, TargetMemory.address(of: &child).rawValue)
  }
  guard let result else { throw .noMemory }
  let isOver = request.flags.contains(.vfork)
  if result < 0 || isOver {
    ThreadRecord.at(area.record) { child in
      if result > 0 { Tally.release(tally: child.tally, process: child.process) }
      if !child.isLeaving { _ = Atomic.add(SignalActions(of: child).users, UInt32.max) }
    }
    area.giveBack()
  }
  return result
}

/// Fills the record of a child that shares memory.
private func prepare(
  _ child: inout ThreadRecord, _ area: ThreadArea, _ request: ChildRequest,
  _ parent: borrowing ThreadRecord
) {
  child.registers = parent.registers
  child.architecture = parent.architecture
  child.kernelMask = parent.kernelMask
  child.mask = parent.mask
  child.way = parent.way
  child.strict = parent.strict
  child.forced = 0
  child.isTracedLater = 0
  child.process = parent.process
  child.pid = parent.pid
  ThreadNumbers.willPass(parent, to: &child)
  child.tally = 0
  child.generation = Monitor.with { $0.generation }
  child.childFlags = request.flags.rawValue
  child.childStack = request.stack
  child.alternate = request.flags.contains(.vfork) ? parent.alternate : .disabled
  child.heldCall = sw_held()
  child.heldSegmentation = sw_held()
  child.heldBus = sw_held()
  if request.sharesActions {
    child.actions = parent.actions
  } else {
    let size = UInt64(MemoryLayout<sw_actions>.size)
    let table = area.actions
    OwnMemory.copy(to: table, from: TargetAddress(parent.actions), count: size)
    Atomic.store(0, to: table)
    Atomic.store(0, to: table.advanced(by: 4))
    child.actions = table.rawValue
  }
  _ = Atomic.add(SignalActions(of: child).users, 1)
}

/// The first code of a child, on the monitor's stack of its own record, with signals blocked.
package func startChild(_ thread: inout ThreadRecord) {
  let flags = CloneFlags(rawValue: thread.childFlags)
  thread.result = 0
  thread.finish = 0
  thread.blocked = 1
  thread.counter = TargetMemory.address(of: &thread.uncounted).rawValue
  if thread.childStack != 0 { thread.registers.rsp = thread.childStack }
  if flags.contains(.sharedMemory) {
    var stack = ThreadArea(thread).signalStack
    Kernel.call(.alternateStack, Int(bits: TargetMemory.address(of: &stack)))
    ThreadNumbers.replace(&thread)
  } else {
    own(&thread)
  }
  if flags.contains(.clearActions) { clearActions(thread) }
  Arming.arm()
  identify(&thread, isThread: flags.contains(.thread))
}

/// After a fork: everything of other threads is free, and the lock that the parent took is ours.
private func own(_ thread: inout ThreadRecord) {
  thread.heldCall = sw_held()
  thread.heldSegmentation = sw_held()
  thread.heldBus = sw_held()
  let table = ThreadArea(thread).actions
  if thread.actions != table.rawValue {
    let size = UInt64(MemoryLayout<sw_actions>.size)
    OwnMemory.copy(to: table, from: TargetAddress(thread.actions), count: size)
    thread.actions = table.rawValue
  }
  Atomic.store(0, to: table)
  Atomic.store(1, to: table.advanced(by: 4))
  ThreadArea.disown(except: &thread)
  Rewriting.own(sharesFiles: CloneFlags(rawValue: thread.childFlags).contains(.sharedFiles))
  Monitor.with { $0.leader = thread.address }
}

/// `CLONE_CLEAR_SIGHAND`: what is not ignored is as at the start, the monitor's own are not.
private func clearActions(_ thread: borrowing ThreadRecord) {
  let actions = SignalActions(of: thread)
  for number in Int32(1)...64 {
    guard let signal = SignalNumber(rawValue: number) else { continue }
    if actions.action(of: signal).handler != SignalDisposition.ignore {
      actions.set(signal, sw_action())
    }
  }
  KernelAction.takeReserved()
}

/// Gives a child its rows in session memory.
private func identify(_ thread: inout ThreadRecord, isThread: Bool) {
  thread.mailState = 0
  thread.tid = UInt32(truncatingIfNeeded: Kernel.call(.gettid))
  if !isThread {
    let parent = thread.pid
    thread.pid = UInt32(truncatingIfNeeded: Kernel.call(.getpid))
    thread.process = Tally.claimProcess(
      pid: thread.pid, parent: parent, name: Tally.name(process: thread.process))
    // A process that shares memory counts for the one that it shares it with.
    if !CloneFlags(rawValue: thread.childFlags).contains(.sharedMemory) {
      Tally.countRewritten(process: thread.process)
    }
  }
  thread.tally = Tally.claimTally(process: thread.process)
}

/// `exit(2)` and `exit_group(2)`: whoever else uses this memory may have the area.
///
/// In seccomp's strict mode signals cannot be blocked, and this may run twice: the thread says only
/// once that it leaves.
func endThread(_ thread: inout ThreadRecord) -> Next {
  thread.enterBlocked()
  if !thread.isLeaving {
    thread.markLeaving()
    thread.countNow()
    Tally.release(tally: thread.tally, process: thread.process)
    thread.tally = 0
    _ = Atomic.add(SignalActions(of: thread).users, UInt32.max)
  }
  thread.counter = TargetMemory.address(of: &thread.uncounted).rawValue
  return .issue
}
