// SPDX-License-Identifier: Apache-2.0 WITH Swift-exception
// Paths that name the program itself, where the kernel's link shows the monitor: the kernel lets
// only privileged processes change what /proc/self/exe leads to.

package import CShim
package import LinuxABI

/// Calls with a path: native, but for those that read or follow the link to the own executable.
func namePath(_ number: SyscallNumber, _ thread: inout ThreadRecord) -> Next {
  guard Monitor.answersExecutable else { return .issue }
  if number == .readlink || number == .readlinkat {
    return readLink(number, &thread)
  }
  if number == .lstat || !number.follows(thread.call) { return .issue }
  let isAt = number.rawValue >= SyscallNumber.openat.rawValue
  let path = TargetAddress(isAt ? thread.call.b : thread.call.a)
  let directory = isAt ? Int(Int32(truncatingIfNeeded: thread.call.a)) : -1
  guard isOwnExecutable(path) || isOwnExecutable(path, in: directory) else { return .issue }
  if isAt { thread.call.b = Monitor.path.rawValue } else { thread.call.a = Monitor.path.rawValue }
  return .issue
}

extension SyscallNumber {
  /// Whether the call follows a link at the end of its path.
  fileprivate func follows(_ call: sw_call) -> Bool {
    let noFollow = UInt64(FileFlags.symlinkNoFollow)
    switch self {
    case .open: return call.b & UInt64(FileFlags.noFollow) == 0
    case .openat: return call.c & UInt64(FileFlags.noFollow) == 0
    case .fstatat, .faccessat2: return call.d & noFollow == 0
    case .statx: return call.c & noFollow == 0
    default: return true
    }
  }
}

/// Whether a path is the link to the own executable, in one of its usual spellings.
private func isOwnExecutable(_ path: TargetAddress) -> Bool {
  guard let rest = skip("/proc/", path),
    let process = skip("self", rest) ?? skip("thread-self", rest) ?? skipNumber(rest, is: .getpid)
  else { return false }
  if isText("/exe", process) { return true }
  guard let task = skip("/task/", process), let end = skipNumber(task, is: .gettid) else {
    return false
  }
  return isText("/exe", end)
}

/// Whether a path is that link as seen from its own directory.
private func isOwnExecutable(_ path: TargetAddress, in directory: Int) -> Bool {
  guard directory >= 0, isText("exe", path), let status = try? FileStatus(of: directory),
    let own = try? FileStatus(ofPath: "/proc/self")
  else { return false }
  return status.device == own.device && status.inode == own.inode
}

/// Whether a text and nothing more stands at an address.
private func isText(_ text: StaticString, _ address: TargetAddress) -> Bool {
  guard let end = skip(text, address) else { return false }
  return (try? TargetMemory.byte(at: end)) == 0
}

/// The address behind a text, if that stands there.
private func skip(_ text: StaticString, _ address: TargetAddress) -> TargetAddress? {
  for index in 0..<text.utf8CodeUnitCount {
    guard let byte = try? TargetMemory.byte(at: address.advanced(by: UInt64(index))),
      byte == text.byte(at: index)
    else { return nil }
  }
  return address.advanced(by: UInt64(text.utf8CodeUnitCount))
}

/// The address behind a number, if it is the one that a call answers.
private func skipNumber(_ address: TargetAddress, is call: SyscallNumber) -> TargetAddress? {
  var next = address
  var number = 0
  while let byte = try? TargetMemory.byte(at: next), (0x30...0x39).contains(byte) {
    number = number &* 10 &+ Int(byte) &- 0x30
    next = next.advanced(by: 1)
  }
  return next != address && number == Kernel.call(call) ? next : nil
}

/// `readlink(2)`: the kernel answers into the monitor's memory, so that no byte of a path that is not
/// shown is left in the target's.
private func readLink(_ number: SyscallNumber, _ thread: inout ThreadRecord) -> Next {
  let isAt = number == .readlinkat
  let size = Int32(truncatingIfNeeded: isAt ? thread.call.d : thread.call.c)
  guard size > 0 else { return .issue }
  let room = min(UInt64(size), LinkScratch.size)
  let answer = LinkScratch.answer(ThreadArea(thread)).rawValue
  if isAt {
    thread.call.c = answer
    thread.call.d = room
  } else {
    thread.call.b = answer
    thread.call.c = room
  }
  thread.keptLength = 0
  thread.finish = Finish.link.rawValue
  return .issue
}

/// The scratch memory of an area, divided for reading a link.
private enum LinkScratch {
  static var size: UInt64 { Page.size }
  static func answer(_ area: ThreadArea) -> TargetAddress { area.scratch.advanced(by: 0x2000) }
  static func own(_ area: ThreadArea) -> TargetAddress { area.scratch.advanced(by: 0x4000) }
}

/// After `readlink(2)`: where the kernel showed the monitor, the target sees its own executable.
func finishLink(_ thread: inout ThreadRecord) {
  guard thread.result > 0 else { return }
  let isAt = thread.registers.rax == SyscallNumber.readlinkat.rawValue
  let buffer = TargetAddress(isAt ? thread.registers.rdx : thread.registers.rsi)
  let size = isAt ? thread.registers.r10 : thread.registers.rdx
  // A second run, after a signal in the middle, starts from what the kernel answered.
  if thread.keptLength == 0 { thread.keptLength = UInt64(thread.result) }
  let shown = thread.keptLength
  let area = ThreadArea(thread)
  let answer = LinkScratch.answer(area)
  do throws(Errno) {
    if try isMonitorPath(answer, count: shown, area) {
      let count = min(size & 0x7fff_ffff, Monitor.pathLength)
      try TargetMemory.copy(to: buffer, from: Monitor.path, count: count)
      thread.result = Int64(count)
    } else {
      try TargetMemory.copy(to: buffer, from: answer, count: shown)
    }
  } catch {
    thread.result = Int64(error.result)
  }
}

/// Whether so many bytes are those that the kernel shows of the own link.
private func isMonitorPath(
  _ buffer: TargetAddress, count: UInt64, _ area: ThreadArea
) throws(Errno) -> Bool {
  var link = TextBuffer(at: area.scratch)
  try link.append("/proc/self/exe")
  let path = LinkScratch.own(area)
  let length = try Kernel.attempt(
    .readlink, Int(bits: link.start), Int(bits: path), Int(bits: count))
  guard UInt64(length) == count else { return false }
  for offset in 0..<count {
    let byte = try TargetMemory.byte(at: buffer.advanced(by: offset))
    if try TargetMemory.byte(at: path.advanced(by: offset)) != byte { return false }
  }
  return true
}
