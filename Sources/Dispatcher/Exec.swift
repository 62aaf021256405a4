// SPDX-License-Identifier: Apache-2.0 WITH Swift-exception
// execve(2): the program is found and checked here, with the errors of the kernel; then the
// monitor is executed in its place, with the target's own arguments and environment.

internal import CLayout
package import CShim
internal import EventLog
package import LinuxABI

/// `execve(2)` and `execveat(2)`.
func execute(_ thread: inout ThreadRecord, _ request: ExecRequest) -> Next {
  thread.enterBlocked()
  let scratch = ExecScratch(thread)
  var program = ExecProgram()
  var files = ExecFiles()
  let limit = DescriptorLimit.raised(by: 8)
  do throws(Errno) {
    try findProgram(request, scratch, &program)
    files.executable = program.executable
    files.interpreter = program.interpreter
    try openMonitor(&files)
    let process = files.sessionIsCopy ? 1 : thread.process
    try writeTicket(&files, program, scratch, thread, process: process)
    let arguments = try arguments(request, program, scratch, &thread)
    limit.restore()
    try start(files, arguments, request.environment, &thread)
    return .leave
  } catch {
    limit.restore()
    files.executable = program.executable
    files.interpreter = program.interpreter
    files.close()
    freeLeftover(&thread)
    return thread.answer(error.result)
  }
}

/// The point of no return, if the kernel takes arguments and environment.
private func start(
  _ files: ExecFiles, _ arguments: UInt64, _ environment: UInt64, _ thread: inout ThreadRecord
) throws(Errno) {
  files.pass()
  // What comes from here on waits in the kernel until the next image is ready for it.
  thread.enterBlockedWholly()
  raiseHeld(&thread, mask: 0)
  let isInSession = files.ticket < 0
  let ticket = isInSession ? files.session | SW_TICKET_IN_SESSION : files.ticket
  Kernel.call(.lseek, files.monitor, ticket, 0)
  thread.countNow()
  let departed = Tally.field(SW_SESSION_DEPARTED)
  if files.departs { _ = Atomic.add(departed, 1) }
  let counter = thread.counter
  Tally.release(tally: thread.tally, process: thread.process)
  thread.tally = 0
  thread.traceBeforeExec()
  let result = executeMonitor(files.monitor, arguments, environment, ExecScratch(thread))
  if files.departs { _ = Atomic.add(departed, UInt32.max) }
  thread.counter = counter
  thread.tally = Tally.claimTally(process: thread.process)
  thread.willCount(.issued)
  thread.uncountNow()
  throw Errno(result: result) ?? .ioError
}

/// Executes the monitor under a name that is as long as the target's, if that can be had: what the
/// kernel puts at the end of the stack can then be overwritten with the target's in place.
private func executeMonitor(
  _ monitor: Int, _ arguments: UInt64, _ environment: UInt64, _ scratch: ExecScratch
) -> Int {
  if let path = try? paddedPath(monitor, scratch) {
    let result = Kernel.call(
      .execve, Int(bits: path), Int(bits: arguments), Int(bits: environment))
    let error = Errno(result: result)
    guard error == .noEntry || error == .access || error == .notDirectory else { return result }
  }
  var empty: UInt64 = 0
  let path = TargetMemory.address(of: &empty)
  return Kernel.call(
    .execveat, monitor, Int(bits: path), Int(bits: arguments), Int(bits: environment),
    FileFlags.emptyPath)
}

/// `/dev/fd/N` with as many slashes as it takes.
private func paddedPath(_ monitor: Int, _ scratch: ExecScratch) throws(Errno) -> TargetAddress? {
  let length = try TargetMemory.copyString(
    to: scratch.path, from: scratch.name, limit: ExecScratch.pathSize)
  let digits: UInt64 = monitor < 10 ? 1 : monitor < 100 ? 2 : monitor < 1000 ? 3 : 10
  let shortest = 8 + digits
  guard length > shortest else { return nil }
  var text = TextBuffer(at: scratch.path)
  try text.append("/dev")
  for _ in 0..<(length - shortest) { try text.append("/") }
  try text.append("/fd/")
  try text.append(decimal: UInt64(monitor))
  return scratch.path
}

/// The argument vector: the target's own, or a copy with the words of #! lines before it.
private func arguments(
  _ request: ExecRequest, _ program: ExecProgram, _ scratch: ExecScratch,
  _ thread: inout ThreadRecord
) throws(Errno) -> UInt64 {
  guard program.firstWords > 0 else { return request.arguments }
  let count = try countWords(TargetAddress(request.arguments))
  let kept = count > 0 ? count - 1 : 0
  let size = (program.firstWords + kept + 1) * 8
  let vector = UInt64(
    try Kernel.attempt(
      .mmap, 0, Int(bits: size), MapFlags.read | MapFlags.write,
      MapFlags.copied | MapFlags.anonymous, -1, 0))
  thread.leftover = vector
  thread.leftoverLength = size
  let first = scratch.first.advanced(
    by: (ExecScratch.firstCapacity - program.firstWords) * 8)
  try TargetMemory.copy(
    to: TargetAddress(vector), from: first, count: program.firstWords * 8)
  try TargetMemory.copy(
    to: TargetAddress(vector + program.firstWords * 8),
    from: TargetAddress(request.arguments &+ 8), count: kept * 8)
  return vector
}

/// How many words an argument vector has.
private func countWords(_ vector: TargetAddress) throws(Errno) -> UInt64 {
  guard !vector.isNull else { return 0 }
  var count: UInt64 = 0
  let most: UInt64 = 0x7fff_ffff
  while try TargetMemory.word(at: vector.advanced(by: count * 8)) != 0 {
    count += 1
    if count >= most { throw .tooBig }
  }
  return count
}

private func freeLeftover(_ thread: inout ThreadRecord) {
  guard thread.leftover != 0 else { return }
  Kernel.call(.munmap, Int(bits: thread.leftover), Int(bits: thread.leftoverLength))
  thread.leftover = 0
}

/// Room for the few descriptors that an exec opens, where the target's limit leaves none.
private struct DescriptorLimit {
  private var before: (soft: UInt64, hard: UInt64) = (0, 0)
  private var isRaised = false

  static func raised(by count: UInt64) -> Self {
    var limit = Self()
    let files = 7
    guard
      Kernel.call(
        .prlimit, 0, files, 0, Int(bits: TargetMemory.address(of: &limit.before))) == 0
    else { return limit }
    var wider = limit.before
    wider.soft = min(wider.hard, wider.soft &+ count)
    // Only the privileged may go beyond the hard limit.
    if wider.soft < limit.before.soft &+ count {
      wider = (wider.soft &+ count, wider.soft &+ count)
    }
    limit.isRaised =
      Kernel.call(.prlimit, 0, files, Int(bits: TargetMemory.address(of: &wider))) == 0
    return limit
  }

  func restore() {
    guard isRaised else { return }
    var limit = before
    let files = 7
    Kernel.call(.prlimit, 0, files, Int(bits: TargetMemory.address(of: &limit)))
  }
}
