// SPDX-License-Identifier: Apache-2.0 WITH Swift-exception
// The program and its interpreter, where the kernel would have put them.

internal import CLayout
internal import CShim
package import Dispatcher
internal import Executable
package import LinuxABI

/// A program that is ready to be entered.
struct LoadedProgram {
  let image: ImageMap
  let interpreter: ImageMap?
  /// First byte of the heap.
  let heap: UInt64

  /// The first instruction: the interpreter's, if there is one.
  var entry: TargetAddress { interpreter?.entry ?? image.entry }

  init(_ ticket: Ticket, _ scratch: ExecScratch) throws(Errno) {
    let isRandom = Self.randomizes(UInt32(SW_OPTION_RANDOMIZE))
    let relocatableBase: UInt64 = 0x5555_5555_4000
    let choices: UInt64 = 1 << 28
    let preferred = relocatableBase + (isRandom ? Self.random(below: choices) * Page.size : 0)
    image = try ImageMap(ticket.executable, role: .program, preferred: preferred, scratch: scratch)
    if ticket.interpreter >= 0 {
      interpreter = try ImageMap(
        ticket.interpreter, role: .interpreter, preferred: 0, scratch: scratch)
    } else {
      interpreter = nil
    }
    let end = Page.up(image.layout.bssEnd &+ image.bias)
    let span: UInt64 = 0x0200_0000
    let shifts = Self.randomizes(UInt32(SW_OPTION_RANDOMIZE_HEAP))
    heap = end + (shifts ? Page.down(Self.random(below: span)) : 0)
  }

  /// Whether the session randomizes and this process's personality does not forbid it.
  private static func randomizes(_ option: UInt32) -> Bool {
    let query = 0xffff_ffff
    let noRandomize = 0x0040000
    guard Monitor.options & option != 0 else { return false }
    return Kernel.call(.personality, query) & noRandomize == 0
  }

  /// A number below a power of two, from the kernel.
  private static func random(below limit: UInt64) -> UInt64 {
    var value: UInt64 = 0
    Kernel.call(.getrandom, Int(bits: TargetMemory.address(of: &value)), 8, 0)
    return value & (limit - 1)
  }
}
