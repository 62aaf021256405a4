// SPDX-License-Identifier: Apache-2.0 WITH Swift-exception
// The programs that measure: where they are, and how they are called.

internal import Session

/// The probe and what goes with it, found beside this command.
package struct Probe: Sendable {
  let program: NativeString
  let library: NativeString
  let sysweir: NativeString
  /// The core that measured processes are kept on.
  let core: Int?

  /// Looks beside the running command, or in libexec and lib beside its directory.
  package static func find(core: Int?) throws(BenchError) -> Probe {
    let command = NativeString("/proc/self/exe").linkTarget ?? "sysweir"
    let above = command.directory.directory
    let programs = [
      command.directory + "/sysweir-probe", above + "/libexec/sysweir/sysweir-probe",
    ]
    guard let program = programs.first(where: { $0.executeError == nil }) else {
      throw .probeMissing(searched: programs)
    }
    let libraries = [
      command.directory + "/libsysweir-preload.so", above + "/lib/sysweir/libsysweir-preload.so",
    ]
    return Probe(
      program: program, library: libraries.first { $0.isReadable } ?? libraries[0],
      sysweir: command, core: core)
  }

  /// A command kept on the core.
  private func pinned(_ command: [NativeString]) -> [NativeString] {
    guard let core else { return command }
    return [program, "pin", NativeString(String(core))] + command
  }

  private func tool(_ tool: Way.Tool) -> NativeString {
    switch tool {
    case .sysweir: sysweir
    case .strace: NativeString(tool.rawValue)
    }
  }

  /// Measures batches of a call.
  func run(_ call: Call, _ way: Way, size: Int, count: Int) -> ProcessRun {
    let task = [call.rawValue, String(size), String(count)].map { NativeString($0) }
    switch way.launch {
    case .probe:
      return ProcessRun(command: pinned([program, NativeString(way.name)] + task))
    case .around(let tool, let options):
      let front = [self.tool(tool)] + options.map { NativeString($0) }
      return ProcessRun(command: pinned(front + [program, "native"] + task))
    case .preload:
      return ProcessRun(
        command: pinned(["env", "LD_PRELOAD=" + library, "/bin/true", "sysweir-probe"] + task))
    }
  }

  /// Runs a whole command.
  func run(_ command: [NativeString], _ way: Way) -> ProcessRun {
    let words: [NativeString] =
      switch way.launch {
      case .probe where way.name == "native": command
      case .probe: [program, "exec", NativeString(way.name)] + command
      case .around(let tool, let options):
        [self.tool(tool)] + options.map { NativeString($0) } + command
      case .preload: command
      }
    return ProcessRun(command: pinned(words), keepsOutput: false)
  }

  /// Ticks of the processor's counter in a nanosecond.
  func rate() throws(BenchError) -> Double {
    let end = try ProcessRun(command: [program, "rate"]).end()
    guard end.isSuccess, let first = end.lines.first, let rate = Double(first), rate > 0 else {
      throw .notStarted("\(program) rate", end.ending)
    }
    return rate / 1000
  }

  /// Why a way cannot be started here, or nil if it can.
  func obstacle(to way: Way) -> String? {
    switch way.launch {
    case .probe: nil
    case .preload: library.isReadable ? nil : "no \(library); install it beside sysweir"
    case .around(.sysweir, _): nil
    case .around(let tool, _):
      Probe.isInPath(tool.rawValue) ? nil : "\(tool.rawValue) is not installed"
    }
  }

  private static func isInPath(_ name: String) -> Bool {
    let path = NativeString.environment("PATH") ?? "/bin:/usr/bin"
    return path.bytes.split(separator: UInt8(ascii: ":")).contains {
      (NativeString($0) + "/" + NativeString(name)).executeError == nil
    }
  }
}
