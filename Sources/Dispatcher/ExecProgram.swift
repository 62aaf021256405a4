// SPDX-License-Identifier: Apache-2.0 WITH Swift-exception
// Finds what an exec would run: follows #! lines, checks the file and its interpreter, with the
// errors that the kernel gives.

internal import CLayout
internal import CShim
internal import Executable
package import LinuxABI

/// A program that an exec found.
struct ExecProgram {
  var executable = -1
  var interpreter = -1
  /// How many words stand before the arguments, at the end of `ExecScratch.first`; they replace
  /// the first argument if there are any.
  var firstWords: UInt64 = 0
  /// Why the program will not be run, as `ExecRefusal`.
  var refusal: UInt32 = 0
  /// Whether it would gain rights natively.
  var gains = false
}

/// Opens the program that a request names.
func findProgram(
  _ request: ExecRequest, _ scratch: ExecScratch, _ program: inout ExecProgram
) throws(Errno) {
  let known = FileFlags.symlinkNoFollow | FileFlags.emptyPath
  guard request.flags & ~known == 0 else { throw .invalid }
  try copyName(request, scratch)
  program.executable = try openProgram(request, scratch)
  var used: UInt64 = 0
  var depth = 0
  while try isScript(program.executable, scratch) {
    guard depth < 5 else { throw .tooManyLinks }
    if depth == 0, isPathClosed(request, scratch) { throw .noEntry }
    depth += 1
    try followScript(scratch, &program, &used)
  }
  try checkImage(scratch, &program)
}

/// Copies the path and builds the name that AT_EXECFN shows.
///
/// - Source: `alloc_bprm` in `fs/exec.c`.
private func copyName(_ request: ExecRequest, _ scratch: ExecScratch) throws(Errno) {
  let length = try TargetMemory.copyString(
    to: scratch.path, from: request.path, limit: ExecScratch.pathSize)
  if length == 0, request.flags & FileFlags.emptyPath == 0 { throw .noEntry }
  let isAbsolute = try TargetMemory.byte(at: scratch.path) == UInt8(ascii: "/")
  if request.directory == FileFlags.currentDirectory || isAbsolute {
    try TargetMemory.copy(to: scratch.name, from: scratch.path, count: length + 1)
    return
  }
  var text = TextBuffer(at: scratch.name)
  try text.append("/dev/fd/")
  try text.append(decimal: UInt64(truncatingIfNeeded: request.directory))
  if length > 0 { try text.append("/") }
  try TargetMemory.copy(to: text.end, from: scratch.path, count: length + 1)
}

/// Whether the name of a script leads through a descriptor that the interpreter will not have.
///
/// - Source: `BINPRM_FLAGS_PATH_INACCESSIBLE` in `fs/exec.c`.
private func isPathClosed(_ request: ExecRequest, _ scratch: ExecScratch) -> Bool {
  guard request.directory != FileFlags.currentDirectory,
    (try? TargetMemory.byte(at: scratch.path)) != UInt8(ascii: "/")
  else { return false }
  let getFlags = 1
  let closeOnExec = 1
  return Kernel.call(.fcntl, request.directory, getFlags) & closeOnExec != 0
}

/// Opens the file that a request names, for reading.
private func openProgram(_ request: ExecRequest, _ scratch: ExecScratch) throws(Errno) -> Int {
  if try TargetMemory.byte(at: scratch.path) == 0 {
    return try openDescriptor(request.directory, scratch)
  }
  let follow = request.flags & FileFlags.symlinkNoFollow == 0 ? 0 : FileFlags.noFollow
  return try openReadable(request.directory, scratch.path, flags: follow)
}

/// Opens the file behind a descriptor again; without /proc, the descriptor itself has to do.
private func openDescriptor(_ descriptor: Int, _ scratch: ExecScratch) throws(Errno) -> Int {
  let getFlags = 1
  let duplicate = 1030
  if descriptor == FileFlags.currentDirectory { throw .access }
  try Kernel.attempt(.fcntl, descriptor, getFlags)
  var text = TextBuffer(at: scratch.head)
  try text.append("/proc/self/fd/")
  try text.append(decimal: UInt64(truncatingIfNeeded: descriptor))
  do throws(Errno) {
    return try openReadable(FileFlags.currentDirectory, scratch.head, flags: 0)
  } catch {
    guard error == .noEntry else { throw error }
  }
  _ = try checkExecutable(descriptor)
  return try Kernel.attempt(.fcntl, descriptor, duplicate, 0)
}

/// Opens and checks a file that is to be run.
func openReadable(
  _ directory: Int, _ path: TargetAddress, flags: Int
) throws(Errno) -> Int {
  // An empty name, of a #! line or an interpreter, is the current directory to the kernel.
  if try TargetMemory.byte(at: path) == 0 { throw .access }
  let mode = FileFlags.closeOnExec | FileFlags.nonBlocking | FileFlags.noTerminal
  let result = Kernel.call(.openat, directory, Int(bits: path), mode | flags)
  if let error = Errno(result: result) { throw error == .noDeviceOrAddress ? .access : error }
  do throws(Errno) {
    let status = try checkExecutable(result)
    guard Monitor.answersExecutable, Monitor.isItself(status) else { return result }
  } catch {
    Kernel.call(.close, result)
    throw error
  }
  // A link of /proc that the kernel would not let us change: the program executes itself.
  Kernel.call(.close, result)
  return try Kernel.attempt(
    .openat, FileFlags.currentDirectory, Int(bits: Monitor.path), mode)
}

/// Whether the kernel would run this file for us: a regular file, with the right to execute it, on
/// a mount that allows it, and not open for writing.
///
/// Kernels before 6.14 cannot be asked without running it; there the rights alone are looked at.
/// - Source: `execveat(2)`, AT_EXECVE_CHECK.
private func checkExecutable(_ descriptor: Int) throws(Errno) -> FileStatus {
  let status = try FileStatus(of: descriptor)
  guard status.isRegular else { throw .access }
  var empty: UInt64 = 0
  let path = TargetMemory.address(of: &empty)
  var vector: (UInt64, UInt64) = (path.rawValue, 0)
  let arguments = TargetMemory.address(of: &vector)
  let checked = Kernel.call(
    .execveat, descriptor, Int(bits: path), Int(bits: arguments),
    Int(bits: arguments.advanced(by: 8)),
    FileFlags.emptyPath | FileFlags.executeCheck)
  guard let error = Errno(result: checked) else { return status }
  guard error == .invalid else { throw error }
  let execute = 1
  let access = Kernel.call(
    .faccessat2, descriptor, Int(bits: path), execute,
    FileFlags.emptyPath | FileFlags.effectiveAccess)
  // Kernels before 5.8 answer for the real user only: there somebody's right has to do.
  let isAllowed = access == Errno.noCall.result ? status.mode & 0o111 != 0 : access == 0
  guard isAllowed else { throw Errno(result: access) ?? .access }
  return status
}

/// Reads the first bytes of a file to the scratch; whether they are a script's.
private func isScript(_ descriptor: Int, _ scratch: ExecScratch) throws(Errno) -> Bool {
  try readHead(descriptor, scratch)
  let head = TargetMemory.span(scratch.head, count: ExecScratch.headSize)
  return FileKind.of(head) == .script
}

/// As the kernel does, a short file is filled up with zeros.
private func readHead(_ descriptor: Int, _ scratch: ExecScratch) throws(Errno) {
  for word in 0..<(ExecScratch.headSize / 8) {
    try TargetMemory.store(UInt64(0), to: scratch.head.advanced(by: word * 8))
  }
  try Kernel.attempt(
    .pread, descriptor, Int(bits: scratch.head), Int(bits: ExecScratch.headSize), 0)
}

/// Puts the words of a #! line before the arguments and opens its interpreter.
///
/// - Source: `load_script` in `fs/binfmt_script.c`.
private func followScript(
  _ scratch: ExecScratch, _ program: inout ExecProgram, _ used: inout UInt64
) throws(Errno) {
  let head = TargetMemory.span(scratch.head, count: ExecScratch.headSize)
  var found: ScriptLine?
  do throws(FormatError) { found = try ScriptLine(head) } catch { throw error.errno }
  guard let line = found else { throw .noExec }
  if program.firstWords == 0 { try push(scratch.name, scratch, &program) }
  if let argument = line.argument {
    try push(try keep(argument, scratch, &used), scratch, &program)
  }
  let interpreter = try keep(line.interpreter, scratch, &used)
  try push(interpreter, scratch, &program)
  Kernel.call(.close, program.executable)
  program.executable = -1
  program.executable = try openReadable(FileFlags.currentDirectory, interpreter, flags: 0)
}

/// Copies a word of the head to where it outlives the next head.
private func keep(
  _ range: Range<Int>, _ scratch: ExecScratch, _ used: inout UInt64
) throws(Errno) -> TargetAddress {
  let target = scratch.words.advanced(by: used)
  let count = UInt64(range.count)
  try TargetMemory.copy(
    to: target, from: scratch.head.advanced(by: UInt64(range.lowerBound)), count: count)
  try TargetMemory.store(UInt8(0), to: target.advanced(by: count))
  used += count + 1
  return target
}

private func push(
  _ word: TargetAddress, _ scratch: ExecScratch, _ program: inout ExecProgram
) throws(Errno) {
  program.firstWords += 1
  let slot = ExecScratch.firstCapacity - program.firstWords
  try TargetMemory.store(word.rawValue, to: scratch.first.advanced(by: slot * 8))
}
