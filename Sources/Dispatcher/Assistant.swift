// SPDX-License-Identifier: Apache-2.0 WITH Swift-exception
// A thread of the monitor's own, for a moment, with descriptors of its own.

internal import CShim
package import LinuxABI

/// Where several threads share descriptors, none of them may open a file behind the others' backs:
/// one could be given a number that it knows to be free, or write to a number that changes its
/// meaning. A thread with a table of its own does it instead.
enum Assistant {
  enum Task {
    case rewrite
    case restore(AddressRange)
  }

  /// Called with all signals blocked and under the lock of sites.
  static func run(_ task: Task) {
    var range = AddressRange.none
    if case .restore(let restored) = task { range = restored }
    let word = Sites.with { state in
      state.taskStart = range.start
      state.taskEnd = range.end
      return TargetMemory.address(of: &state.assistant)
    }
    Atomic.store(1, to: word)
    let thread = sw_assist(0, sw_assistant_stack(), word.rawValue)
    guard thread >= 0 else { return }
    while Atomic.load(word) != 0 { Kernel.call(.futex, Int(bits: word), 0, 1) }
    // Some calls are refused to a process of more than one thread: it must be gone altogether.
    let process = Kernel.call(.getpid)
    while Kernel.call(.tgkill, process, thread, 0) == 0 { Kernel.call(.yield) }
  }

  /// What the thread does.
  static func perform() {
    let unshare = 2
    let last = 0xffff_ffff
    // Closes nothing of the target's: the table is a new one.
    guard Kernel.call(.closeRange, 0, last, unshare) == 0 else { return }
    let range = Sites.with { AddressRange(start: $0.taskStart, end: $0.taskEnd) }
    perform(range.isEmpty ? .rewrite : .restore(range))
  }

  static func perform(_ task: Task) {
    switch task {
    case .rewrite: SiteChange.rewriteChosen()
    case .restore(let range): SiteChange.restore(range)
    }
  }
}
