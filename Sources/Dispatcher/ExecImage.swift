// SPDX-License-Identifier: Apache-2.0 WITH Swift-exception
// Checks the ELF file that an exec has come to, before the point of no return.

internal import CLayout
internal import CShim
internal import Executable
package import LinuxABI

/// Why a program is refused by the image that would have run it.
package enum ExecRefusal {
  /// A 32-bit executable, which the kernel may well run but sysweir cannot.
  package static var compat: UInt32 { 1 }
}

/// Checks the executable, opens its interpreter and checks that.
func checkImage(_ scratch: ExecScratch, _ program: inout ExecProgram) throws(Errno) {
  let head = TargetMemory.span(scratch.head, count: ExecScratch.headSize)
  switch FileKind.of(head) {
  case .elf64: break
  case .elf32:
    program.refusal = ExecRefusal.compat
    return
  case .elfForeign, .script, .unknown: throw .noExec
  }
  let status = try FileStatus(of: program.executable)
  program.gains = gains(status, program.executable, scratch)
  let place = try findInterpreter(head, status, program.executable, scratch)
  if let place { try openInterpreter(place, scratch, &program) }
}

/// Where the path of the interpreter stands. Segments are looked at by the next image only: what
/// is wrong with them the kernel finds too late to answer.
private func findInterpreter(
  _ head: RawSpan, _ status: FileStatus, _ descriptor: Int, _ scratch: ExecScratch
) throws(Errno) -> (offset: UInt64, size: UInt64)? {
  do throws(FormatError) {
    let header = try ExecutableHeader(head)
    let size = min(UInt64(header.tableSize), ExecScratch.tableSize)
    let read = Kernel.call(
      .pread, descriptor, Int(bits: scratch.table), Int(bits: size),
      Int(bits: header.programHeaderOffset))
    let table = TargetMemory.span(scratch.table, count: UInt64(max(0, read)))
    return try ImageLayout.findInterpreter(header: header, table: table, fileSize: status.size)
  } catch {
    throw error.errno
  }
}

/// Opens the ELF interpreter and checks its header.
private func openInterpreter(
  _ place: (offset: UInt64, size: UInt64), _ scratch: ExecScratch, _ program: inout ExecProgram
) throws(Errno) {
  guard place.size <= ExecScratch.pathSize else { throw .noExec }
  try Kernel.attempt(
    .pread, program.executable, Int(bits: scratch.interpreter), Int(bits: place.size),
    Int(bits: place.offset))
  do throws(FormatError) {
    _ = try InterpreterPath(
      TargetMemory.span(scratch.interpreter, count: place.size), at: place.offset)
  } catch {
    throw error.errno
  }
  program.interpreter = try openReadable(
    FileFlags.currentDirectory, scratch.interpreter, flags: 0)
  var head: (UInt64, UInt64, UInt64, UInt64, UInt64, UInt64, UInt64, UInt64) =
    (0, 0, 0, 0, 0, 0, 0, 0)
  let address = TargetMemory.address(of: &head)
  let read = try Kernel.attempt(
    .pread, program.interpreter, Int(bits: address), ExecutableHeader.size, 0)
  do throws(FormatError) {
    _ = try ExecutableHeader(TargetMemory.span(address, count: UInt64(read)), role: .interpreter)
  } catch {
    throw error.errno
  }
}

/// Whether the kernel would give the process rights by this file that it does not have.
private func gains(
  _ status: FileStatus, _ descriptor: Int, _ scratch: ExecScratch
) -> Bool {
  let user = Kernel.call(.geteuid)
  if status.changesUser, Int(status.user) != user { return true }
  if status.changesGroup, Int(status.group) != Kernel.call(.getegid) { return true }
  guard user != 0 else { return false }
  var text = TextBuffer(at: scratch.emptyVector)
  guard (try? text.append("security.capability")) != nil else { return false }
  return Kernel.call(.fgetxattr, descriptor, Int(bits: scratch.emptyVector), 0, 0) > 0
}
