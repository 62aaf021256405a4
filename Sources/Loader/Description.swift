// SPDX-License-Identifier: Apache-2.0 WITH Swift-exception
// Makes the kernel's own description of the process that of the program: auxiliary vector, memory
// map for /proc, executable link, name.

internal import CLayout
internal import CShim
package import Dispatcher
internal import Executable
package import LinuxABI

/// The kernel's struct prctl_mm_map.
private struct MemoryMap: BitwiseCopyable {
  var codeStart, codeEnd, dataStart, dataEnd: UInt64
  var heapStart, heapEnd, stackStart: UInt64
  var argumentStart, argumentEnd, environmentStart, environmentEnd: UInt64
  var auxiliary: UInt64
  var auxiliarySize: UInt32
  var executable: UInt32
}

/// Describes the program in place of the monitor.
func describe(
  _ program: LoadedProgram, _ ticket: Ticket, _ initial: InitialStack
) throws(Errno) {
  let image = program.image
  try initial.set(.programHeaders, image.layout.programHeaderAddress &+ image.bias)
  try initial.set(.programHeaderCount, UInt64(image.header.programHeaderCount))
  try initial.set(.interpreterBase, program.interpreter?.bias ?? 0)
  try initial.set(.entry, image.entry.rawValue)
  if Monitor.options & UInt32(SW_OPTION_HIDE_VDSO) != 0 { try initial.hide(.vdso) }
  try nameProgram(ticket, initial)
  try describeMemory(program, ticket, initial)
  if image.layout.executableStack == true {
    let all = MapFlags.read | MapFlags.write | MapFlags.execute | MapFlags.growsDown
    let page = Page.down(initial.start.rawValue)
    try Kernel.attempt(.mprotect, Int(bits: page), Int(Page.size), all)
  }
}

/// AT_EXECFN where the kernel put the monitor's name, if there is room, and the thread's name.
private func nameProgram(_ ticket: Ticket, _ initial: InitialStack) throws(Errno) {
  let place = TargetAddress(try initial.auxiliary(.execName))
  let room = try length(of: place)
  let needed = UInt64(ticket.head.nameLength)
  if needed <= room {
    try TargetMemory.copy(to: place, from: ticket.name, count: needed + 1)
  } else {
    let page = try Kernel.attempt(
      .mmap, 0, 2 * Int(Page.size), MapFlags.read | MapFlags.write,
      MapFlags.copied | MapFlags.anonymous, -1, 0)
    let copy = TargetAddress(UInt64(page))
    try TargetMemory.copy(to: copy, from: ticket.name, count: needed + 1)
    try initial.set(.execName, copy.rawValue)
  }
  let setName = 15
  let base = try lastComponent(ticket.name)
  Kernel.call(.prctl, setName, Int(bits: base))
  var name: (UInt64, UInt64) = (0, 0)
  let getName = 16
  let address = TargetMemory.address(of: &name)
  Kernel.call(.prctl, getName, Int(bits: address))
  let row = Tally.name(process: ticket.head.process)
  try TargetMemory.copy(to: row, from: address, count: 16)
  try TargetMemory.store(
    UInt32(truncatingIfNeeded: Kernel.call(.getpid)),
    to: TargetAddress(row.rawValue - 16))
}

private func length(of text: TargetAddress) throws(Errno) -> UInt64 {
  var count: UInt64 = 0
  while try TargetMemory.byte(at: text.advanced(by: count)) != 0 { count += 1 }
  return count
}

private func lastComponent(_ path: TargetAddress) throws(Errno) -> TargetAddress {
  var start = path
  var next = path
  while true {
    let byte = try TargetMemory.byte(at: next)
    if byte == 0 { return start }
    next = next.advanced(by: 1)
    if byte == UInt8(ascii: "/") { start = next }
  }
}

/// Tells the kernel what /proc is to show.
///
/// The link to the executable can only be set with rights; without them its readers are answered
/// by the monitor.
/// - Source: `PR_SET_MM_MAP` in `prctl(2)`, `prctl_set_mm_map` in `kernel/sys.c`.
private func describeMemory(
  _ program: LoadedProgram, _ ticket: Ticket, _ initial: InitialStack
) throws(Errno) {
  let image = program.image
  let strings = try Strings(initial)
  var map = MemoryMap(
    codeStart: image.layout.codeStart &+ image.bias, codeEnd: image.layout.codeEnd &+ image.bias,
    dataStart: image.layout.dataStart &+ image.bias, dataEnd: image.layout.dataEnd &+ image.bias,
    heapStart: program.heap, heapEnd: program.heap, stackStart: initial.start.rawValue,
    argumentStart: strings.arguments, argumentEnd: strings.environment,
    environmentStart: strings.environment, environmentEnd: strings.end,
    auxiliary: initial.auxiliary.rawValue, auxiliarySize: UInt32(initial.auxiliarySize),
    executable: UInt32(ticket.executable))
  if set(&map) { return }
  map.executable = ~0
  _ = set(&map)
  rememberExecutable(ticket)
}

private func set(_ map: inout MemoryMap) -> Bool {
  let setMemory = 35
  let whole = 14
  let address = Int(bits: TargetMemory.address(of: &map))
  return Kernel.call(.prctl, setMemory, whole, address, MemoryLayout<MemoryMap>.size) == 0
}

/// Keeps path and identity of the executable for those who ask for /proc/self/exe.
private func rememberExecutable(_ ticket: Ticket) {
  var bytes: (UInt64, UInt64, UInt64, UInt64) = (0, 0, 0, 0)
  var link = TextBuffer(at: TargetMemory.address(of: &bytes))
  guard (try? link.append("/proc/self/fd/")) != nil,
    (try? link.append(decimal: UInt64(ticket.executable))) != nil
  else { return }
  let path = Monitor.path
  let limit = 4095
  let length = Kernel.call(.readlink, Int(bits: link.start), Int(bits: path), limit)
  Monitor.with { state in
    state.answersExecutable = length > 0 ? 1 : 0
    state.pathLength = UInt32(max(0, length))
  }
}

/// Where the strings of arguments and environment lie, one block after the other.
private struct Strings {
  let arguments, environment, end: UInt64

  init(_ initial: InitialStack) throws(Errno) {
    let first = try TargetMemory.word(at: initial.arguments)
    let last = try TargetMemory.word(
      at: initial.arguments.advanced(by: (max(initial.argumentCount, 1) - 1) * 8))
    arguments = first
    environment = last == 0 ? 0 : last + (try length(of: TargetAddress(last))) + 1
    var slot = initial.environment
    var end = environment
    while true {
      let string = try TargetMemory.word(at: slot)
      if string == 0 { break }
      end = string + (try length(of: TargetAddress(string))) + 1
      slot = slot.advanced(by: 8)
    }
    self.end = end
  }
}
