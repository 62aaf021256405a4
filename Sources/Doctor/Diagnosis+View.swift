// SPDX-License-Identifier: Apache-2.0 WITH Swift-exception
// The verdicts on what a program can see, and on what may pass unseen.

extension Diagnosis {
  /// What shows a program itself and not the monitor.
  static func view(on kernel: Kernel) -> [Part] {
    [executableLink(on: kernel), memoryMap(on: kernel), resources(on: kernel)]
  }

  private static func executableLink(on kernel: Kernel) -> Part {
    let title = "/proc/self/exe"
    if kernel.has(.executableLink) {
      return Part(
        "proc-exe", title, needs: [.executableLink], .ok, "the kernel shows every program its own")
    }
    return Part(
      "proc-exe", title, needs: [.executableLink], .degraded,
      "answered by the monitor to the program itself; other processes see the monitor"
        + " (setting the link needs CAP_CHECKPOINT_RESTORE)")
  }

  private static func memoryMap(on kernel: Kernel) -> Part {
    let title = "/proc/self/auxv, heap"
    if kernel.has(.memoryMap) {
      return Part(
        "proc-auxv", title, needs: [.memoryMap], .ok,
        "the kernel shows the program's, and its heap begins where it would")
    }
    return Part(
      "proc-auxv", title, needs: [.memoryMap], .degraded,
      "PR_SET_MM_MAP: \(kernel[.memoryMap].detail); /proc shows the monitor's auxiliary vector"
        + " and heap (the kernel was built without CONFIG_CHECKPOINT_RESTORE)")
  }

  /// Every thread takes a few mappings, every exec a few descriptors.
  private static func resources(on kernel: Kernel) -> Part {
    let title = "many threads and files"
    if let maps = kernel.settings.mapLimit, maps < 65_530 {
      return Part(
        "resources", title, .degraded,
        "only \(maps) mappings a process, of which a thread takes three:"
          + " raise the sysctl vm.max_map_count to 65530 or more")
    }
    if let limit = kernel.settings.descriptors, limit.soft < 64 {
      return Part(
        "resources", title, .degraded,
        "only \(limit.soft) descriptors, of which every exec takes some: raise ulimit -n")
    }
    return Part("resources", title, .ok, "the limits leave room for the monitor")
  }

  static func vsyscall(on kernel: Kernel) -> Part {
    let title = "calls by the vsyscall page"
    switch kernel.settings.vsyscall {
    case .absent:
      return Part("vsyscall", title, .ok, "there is no such page: nothing can pass there")
    case .executeOnly, .emulate:
      return Part(
        "vsyscall", title, .degraded,
        "SUD does not see them, seccomp does; only programs from before 2012 make them"
          + " (boot with vsyscall=none to be rid of the page)")
    case nil:
      return Part("vsyscall", title, .degraded, "the page's mode could not be read")
    }
  }

  static func legacyCalls(on kernel: Kernel) -> Part {
    let title = "int $0x80 in 64-bit code"
    return kernel.has(.legacyCalls)
      ? Part("int80", title, needs: [.legacyCalls], .ok, "caught, and made by the same instruction")
      : Part(
        "int80", title, needs: [.legacyCalls], .ok,
        "this kernel answers none (\(kernel[.legacyCalls].detail)): nothing to catch")
  }
}
