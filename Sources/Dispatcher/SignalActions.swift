// SPDX-License-Identifier: Apache-2.0 WITH Swift-exception
// Signal actions: the kernel is told of the monitor's entry, the target of what it asked for.

package import CShim
package import LinuxABI

/// The actions in force for a thread, by their address; shared as CLONE_SIGHAND says.
struct SignalActions {
  let address: TargetAddress

  init(of thread: borrowing ThreadRecord) { address = TargetAddress(thread.actions) }

  init(at address: TargetAddress) { self.address = address }

  var lock: TargetAddress { address }

  /// How many threads use the table.
  var users: TargetAddress { address.advanced(by: 4) }

  private func row(_ signal: SignalNumber) -> TargetAddress {
    address.advanced(by: 8 + UInt64(signal.index) * UInt64(MemoryLayout<sw_action>.size))
  }

  /// What the target believes of a signal.
  func action(of signal: SignalNumber) -> sw_action {
    var action = sw_action()
    OwnMemory.load(&action, from: row(signal))
    return action
  }

  func set(_ signal: SignalNumber, _ action: sw_action) {
    OwnMemory.store(action, to: row(signal))
  }
}

/// How the kernel is told of actions.
package enum KernelAction {
  /// The action that brings a signal to the monitor, restarting calls as the target asked.
  static func entry(flags: SignalFlags) -> sw_action {
    let landmarks = sw_landmarks()
    let passed = SignalFlags.restart.union(.noChildStop).union(.noChildWait)
    let own = SignalFlags.info.union(.onStack).union(.restorer)
    return sw_action(
      handler: landmarks.signalEntry, flags: flags.intersection(passed).union(own).rawValue,
      restorer: landmarks.restorer, mask: SignalSet.all.rawValue)
  }

  /// Gives the kernel an action; returns the one before.
  @discardableResult
  static func set(_ signal: SignalNumber, _ action: sw_action) throws(Errno) -> sw_action {
    var new = action
    var old = sw_action()
    try Kernel.attempt(
      .signalAction, Int(signal.rawValue), Int(bits: TargetMemory.address(of: &new)),
      Int(bits: TargetMemory.address(of: &old)), 8)
    return old
  }

  /// As `set`, for a signal that has an action, which the kernel then does not refuse.
  static func put(_ signal: SignalNumber, _ action: sw_action) {
    var new = action
    let address = TargetMemory.address(of: &new)
    Kernel.call(.signalAction, Int(signal.rawValue), Int(bits: address), 0, 8)
  }

  /// The kernel's action for a signal.
  static func current(_ signal: SignalNumber) throws(Errno) -> sw_action {
    var old = sw_action()
    try Kernel.attempt(
      .signalAction, Int(signal.rawValue), 0, Int(bits: TargetMemory.address(of: &old)), 8)
    return old
  }

  /// Makes the monitor the handler of the signals that it keeps for itself.
  package static func takeReserved() {
    let landmarks = sw_landmarks()
    var trap = entry(flags: .restart)
    trap.handler = landmarks.sigsysEntry
    put(.badCall, trap)
    put(.segmentation, entry(flags: .restart))
    put(.bus, entry(flags: .restart))
  }

  /// Ends the process by the default action of a signal.
  package static func endProcess(by signal: SignalNumber) -> Never {
    reset(signal)
    var mask = SignalSet.all.subtracting(SignalSet(signal)).rawValue
    Kernel.setMask(&mask)
    Kernel.call(.tgkill, Kernel.call(.getpid), Kernel.call(.gettid), Int(signal.rawValue))
    Kernel.exit(status: 128 + Int(signal.rawValue))
  }

  /// Lets the kernel do what it does when there is no handler.
  static func reset(_ signal: SignalNumber) {
    put(signal, sw_action())
  }
}

/// `rt_sigaction(2)`.
func changeAction(_ thread: inout ThreadRecord) -> Next {
  let isQuery = thread.call.b == 0
  if !isQuery { thread.enterBlocked() }
  do throws(Errno) {
    try changeAction(thread.call, SignalActions(of: thread))
    return thread.answer(0)
  } catch {
    return thread.answer(error.result)
  }
}

private func changeAction(_ call: sw_call, _ actions: SignalActions) throws(Errno) {
  guard call.d == 8 else { throw .invalid }
  var new = sw_action()
  let newAddress = TargetAddress(call.b)
  if !newAddress.isNull { try TargetMemory.load(&new, from: newAddress) }
  guard let signal = SignalNumber(rawValue: Int32(truncatingIfNeeded: call.a)),
    newAddress.isNull || !SignalSet.unmaskable.contains(signal)
  else { throw .invalid }
  new.flags &= SignalFlags.supported.rawValue
  new.mask &= ~SignalSet.unmaskable.rawValue
  let old: sw_action
  if newAddress.isNull {
    old = try current(signal, actions)
  } else {
    FutexLock.acquire(actions.lock)
    defer { FutexLock.release(actions.lock) }
    old = try exchange(signal, new, actions)
  }
  let oldAddress = TargetAddress(call.c)
  if !oldAddress.isNull { try TargetMemory.store(old, to: oldAddress) }
}

/// The action as the target knows it: the table's where the kernel has the monitor's.
private func current(
  _ signal: SignalNumber, _ actions: SignalActions
) throws(Errno) -> sw_action {
  let known = actions.action(of: signal)
  if SignalSet.reserved.contains(signal) { return known }
  let kernel = try KernelAction.current(signal)
  return kernel.handler == sw_landmarks().signalEntry ? known : kernel
}

/// Sets an action; returns the one before as the target knew it.
private func exchange(
  _ signal: SignalNumber, _ new: sw_action, _ actions: SignalActions
) throws(Errno) -> sw_action {
  let known = actions.action(of: signal)
  actions.set(signal, new)
  if SignalSet.reserved.contains(signal) { return known }
  let isHandled = new.handler > SignalDisposition.ignore
  let told = isHandled ? KernelAction.entry(flags: SignalFlags(rawValue: new.flags)) : new
  let kernel = try KernelAction.set(signal, told)
  return kernel.handler == sw_landmarks().signalEntry ? known : kernel
}

extension ThreadRecord {
  /// Starts with the actions that an exec leaves: nothing handled, some of the reserved ignored.
  package mutating func adopt(_ area: ThreadArea, ignored: SignalSet) {
    actions = area.actions.rawValue
    let table = SignalActions(of: self)
    Atomic.store(1, to: table.users)
    adopt(.badCall, ignored, table)
    adopt(.segmentation, ignored, table)
    adopt(.bus, ignored, table)
  }

  private func adopt(_ signal: SignalNumber, _ ignored: SignalSet, _ table: SignalActions) {
    let kernel = (try? KernelAction.current(signal)) ?? sw_action()
    var action = sw_action()
    if ignored.contains(signal) || kernel.handler == SignalDisposition.ignore {
      action.handler = SignalDisposition.ignore
    }
    table.set(signal, action)
  }
}
