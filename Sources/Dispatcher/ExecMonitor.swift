// SPDX-License-Identifier: Apache-2.0 WITH Swift-exception
// Where the next image's monitor and session come from.

internal import CLayout
package import CShim
internal import EventLog
package import LinuxABI

/// Opens the monitor and the session by the supervisor's descriptors, or makes copies of both from
/// session memory: the supervisor may be gone, of another user, or out of sight in a namespace.
func openMonitor(_ files: inout ExecFiles) throws(Errno) {
  if openSupervised(&files) { return }
  files.departs = Tally.header().attended != 0
  let image = Monitor.session.advanced(by: SessionLayout.imageOffset)
  files.monitor = try executableFile()
  try writeAll(files.monitor, image, imageSize())
  files.session = try memoryFile("session", flags: 1)
  files.sessionIsCopy = true
  try Kernel.attempt(.ftruncate, files.session, Int(bits: sessionSize()))
  try writeAll(files.session, Monitor.session, Page.size, at: 0)
  try writeAll(files.session, image, imageSize(), at: SessionLayout.imageOffset)
  try resetCopy(files.session)
}

private func openSupervised(_ files: inout ExecFiles) -> Bool {
  let session = Tally.header()
  guard session.attended != 0, session.supervisor != 0 else { return false }
  let known = Monitor.with {
    ($0.monitorDevice, $0.monitorInode, $0.sessionDevice, $0.sessionInode)
  }
  files.monitor = open(session.supervisor, session.monitorDescriptor, mode: 0, known.0, known.1)
  guard files.monitor >= 0 else { return false }
  files.session = open(
    session.supervisor, session.sessionDescriptor, mode: FileFlags.readWrite, known.2, known.3)
  if files.session >= 0 { return true }
  // A filter of the target's own may forbid to open what can be written; a view is left to read.
  files.session = open(session.supervisor, session.sessionDescriptor, mode: 0, known.2, known.3)
  files.departs = true
  if files.session >= 0, Monitor.isFiltered { return true }
  Kernel.call(.close, files.session)
  files.session = -1
  Kernel.call(.close, files.monitor)
  files.monitor = -1
  return false
}

/// Opens a descriptor of the supervisor's, if it is still the file it was.
private func open(
  _ process: UInt32, _ descriptor: Int32, mode: Int, _ device: UInt64, _ inode: UInt64
) -> Int {
  var bytes: (UInt64, UInt64, UInt64, UInt64, UInt64) = (0, 0, 0, 0, 0)
  var path = TextBuffer(at: TargetMemory.address(of: &bytes))
  do throws(Errno) {
    try path.append("/proc/")
    try path.append(decimal: UInt64(process))
    try path.append("/fd/")
    try path.append(decimal: UInt64(UInt32(bitPattern: descriptor)))
    let result = try Kernel.attempt(
      .openat, FileFlags.currentDirectory, Int(bits: path.start), mode | FileFlags.closeOnExec)
    let status = try FileStatus(of: result)
    if status.device == device, status.inode == inode { return result }
    Kernel.call(.close, result)
    return -1
  } catch {
    return -1
  }
}

/// A memfd that may be executed; kernels before 6.3 do not know the flag and allow it anyway.
private func executableFile() throws(Errno) -> Int {
  let closeOnExec = 1
  let executable = 0x10
  do throws(Errno) {
    return try memoryFile("monitor", flags: closeOnExec | executable)
  } catch {
    guard error == .invalid else { throw error }
    return try memoryFile("monitor", flags: closeOnExec)
  }
}

private func imageSize() -> UInt64 { UInt64(Tally.header().imageSize) }

private func sessionSize() -> UInt64 { Tally.header().size }

private func writeAll(
  _ descriptor: Int, _ source: TargetAddress, _ count: UInt64, at offset: UInt64 = 0
) throws(Errno) {
  var done: UInt64 = 0
  while done < count {
    let written = try Kernel.attempt(
      .pwrite, descriptor, Int(bits: source.advanced(by: done)), Int(bits: count - done),
      Int(bits: offset + done))
    guard written > 0 else { throw .noMemory }
    done += UInt64(written)
  }
}

/// A copied session has nobody who watches, and one process.
private func resetCopy(_ descriptor: Int) throws(Errno) {
  var header = Tally.header()
  header.attended = 0
  header.supervisor = 0
  header.owner = 0
  header.nextProcess = 2
  header.nextTally = 1
  let address = TargetMemory.address(of: &header)
  try Kernel.attempt(
    .pwrite, descriptor, Int(bits: address), MemoryLayout<sw_session>.size, 0)
}
