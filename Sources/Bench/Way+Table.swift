// SPDX-License-Identifier: Apache-2.0 WITH Swift-exception
// The table of ways: a new way is a new row.

extension Way {
  private static let noChildren = "children are made by the calls that it refuses"

  package static let native = Way(
    name: "native", title: "no interposition", family: .native, launch: .probe,
    takesCommands: true)

  /// Every way, in the order of the report.
  package static let all: [Way] = [
    native,
    Way(
      name: "sud-range", title: "SUD armed, the site in the allowed range", family: .kernel,
      launch: .probe, needs: [.userDispatch]),
    Way(
      name: "sud-selector", title: "SUD armed, let through by the selector", family: .kernel,
      launch: .probe, needs: [.userDispatch]),
    Way(
      name: "seccomp-cached", title: "seccomp filter of 64 instructions, its answer remembered",
      family: .kernel, launch: .probe, needs: [.seccompTrap], takesCommands: true),
    Way(
      name: "seccomp-allow", title: "the same filter, run at each call", family: .kernel,
      launch: .probe, needs: [.seccompTrap], takesCommands: true),
    Way(
      name: "seccomp-errno", title: "seccomp filter that refuses the call", family: .kernel,
      launch: .probe, needs: [.seccompTrap], excluded: [.fork: noChildren, .spawn: noChildren]),
    Way(
      name: "preload", title: "LD_PRELOAD of a wrapper in C", family: .library, launch: .preload),
    Way(
      name: "handler", title: "SUD with a bare SIGSYS handler, the least a trap costs",
      family: .kernel, launch: .probe, needs: [.userDispatch]),
    Way(
      name: "seccomp-trap", title: "seccomp with the same handler", family: .kernel,
      launch: .probe, needs: [.seccompTrap],
      excluded: [.spawn: "posix_spawn blocks all signals, and a blocked trap kills"]),
    Way(
      name: "run", title: "sysweir run, hot sites rewritten", family: .sysweir,
      launch: .around(.sysweir, ["run", "--trap", "sud", "--"]), needs: [.userDispatch],
      takesCommands: true),
    Way(
      name: "run-trap", title: "sysweir run, trapped by SUD", family: .sysweir,
      launch: .around(.sysweir, ["run", "--trap", "sud", "--dispatch", "trap", "--"]),
      needs: [.userDispatch], takesCommands: true),
    Way(
      name: "run-seccomp", title: "sysweir run, trapped by seccomp", family: .sysweir,
      launch: .around(.sysweir, ["run", "--trap", "seccomp", "--"]), needs: [.seccompTrap],
      takesCommands: true),
    Way(
      name: "seccomp-notify", title: "seccomp user notification, told to continue",
      family: .tracer, launch: .probe, needs: [.seccompNotify]),
    Way(
      name: "ptrace", title: "ptrace, by a tracer that does nothing", family: .tracer,
      launch: .probe, takesCommands: true),
    Way(
      name: "strace", title: "strace -f", family: .tracer,
      launch: .around(.strace, ["-f", "-o", "/dev/null"]), takesCommands: true),
    // The filter needs a call to leave out: with none, strace turns it off.
    Way(
      name: "strace-bpf", title: "strace -f --seccomp-bpf", family: .tracer,
      launch: .around(
        .strace, ["-f", "--seccomp-bpf", "-e", "trace=!getpid", "-o", "/dev/null"]),
      takesCommands: true),
  ]

  package static func named(_ name: String) -> Way? { all.first { $0.name == name } }
}
