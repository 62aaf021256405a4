// SPDX-License-Identifier: Apache-2.0 WITH Swift-exception
// What sysweir can do on a kernel: the verdicts on all its parts.

/// What sysweir can do on one kernel.
package struct Diagnosis: Sendable {
  package let kernel: Kernel
  package let parts: [Part]

  package init(of kernel: Kernel) {
    self.kernel = kernel
    parts = Diagnosis.engine(on: kernel) + Diagnosis.view(on: kernel) + Diagnosis.guards(on: kernel)
  }

  /// True if `sysweir run` will work, by one trap or the other.
  package var engineRuns: Bool {
    parts.contains { ($0.name == "engine-sud" || $0.name == "engine-seccomp") && $0.state == .ok }
  }
}

extension Diagnosis {
  /// What every way of catching calls needs.
  private static let common: [Feature] = [.proc, .memoryFiles]

  /// Bytes of the signal stack in a thread's area of the monitor.
  static let signalStack: UInt64 = 32 * 1024

  /// The parts without which nothing runs, and those that follow programs.
  static func engine(on kernel: Kernel) -> [Part] {
    [
      Part(
        "engine-sud", "engine, by SUD", needs: [.userDispatch] + common, on: kernel,
        works: "the default: every call of a program raises a signal that the monitor takes",
        lacking: "seccomp is taken instead, where that works"),
      Part(
        "engine-seccomp", "engine, by seccomp", needs: [.seccompTrap] + common, on: kernel,
        works: "with --trap seccomp, or where SUD is refused",
        lacking: "nothing can stand in for SUD where that is refused"),
      signals(on: kernel),
      unattended(on: kernel),
      executeErrors(on: kernel),
      vsyscall(on: kernel),
      legacyCalls(on: kernel),
      Part(
        "programs-32bit", "32-bit programs", .missing,
        "refused for now, with exit status 126: there is no 32-bit monitor"),
      Part(
        "programs-setid", "set-id programs", .degraded,
        "run without the rights they would gain, as under strace; a warning says so once"),
    ]
  }

  private static func signals(on kernel: Kernel) -> Part {
    let title = "signals"
    guard let needed = kernel.settings.signalStack else {
      return Part("signals", title, .ok, "the kernel names no minimum for signal stacks")
    }
    return needed <= signalStack / 2
      ? Part("signals", title, .ok, "a frame needs \(needed) bytes, of \(signalStack) there are")
      : Part(
        "signals", title, .degraded,
        "a frame needs \(needed) bytes, of \(signalStack) there are: nested faults may not fit")
  }

  private static func unattended(on kernel: Kernel) -> Part {
    let title = "exec once sysweir has ended"
    guard !kernel.has(.executableMemoryFiles) else {
      return Part(
        "exec-unattended", title, needs: [.executableMemoryFiles], .ok,
        "descendants that live on start programs from a copy of the monitor in memory")
    }
    return Part(
      "exec-unattended", title, needs: [.executableMemoryFiles], .degraded,
      "executable memory files: \(kernel[.executableMemoryFiles].detail);"
        + " use --wait-all, or set the sysctl vm.memfd_noexec below 2")
  }

  private static func executeErrors(on kernel: Kernel) -> Part {
    let title = "errors of execve"
    return kernel.has(.executeCheck)
      ? Part(
        "exec-errors", title, needs: [.executeCheck], .ok,
        "the kernel itself says beforehand whether a file may be run")
      : Part(
        "exec-errors", title, needs: [.executeCheck], .degraded,
        "the monitor checks files itself: what a security module would refuse, it cannot know")
  }
}
