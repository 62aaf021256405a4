// SPDX-License-Identifier: Apache-2.0 WITH Swift-exception
// One trial for each feature, from the outside: what is tried, and what counts as working.

internal import CProbe
internal import LinuxABIHosted

/// The trials.
enum Trial {
  static func outcome(of feature: Feature) -> Outcome {
    switch feature {
    case .userDispatch: inChild(PROBE_USER_DISPATCH, "a blocked call raised SIGSYS")
    case .inclusiveDispatch:
      inChild(PROBE_USER_DISPATCH_INCLUSIVE, "a call in the range raised SIGSYS")
    case .seccompTrap: inChild(PROBE_SECCOMP_TRAP, "a filtered call raised SIGSYS")
    case .seccompNotify: inChild(PROBE_SECCOMP_NOTIFY, "a listener answered a call")
    case .proc: proc()
    case .memoryFiles: memoryFile(.noExecute, "made, and mapped shared")
    case .executableMemoryFiles: memoryFile(.execute, "made, and mapped executable")
    case .writeSeal: writeSeal()
    case .memorySeal: inChild(PROBE_MSEAL, "a sealed page refused mprotect")
    case .protectionKeys: protectionKeys()
    case .landlock: landlock()
    case .memoryMap: inChild(PROBE_MEMORY_MAP, "set to what it was")
    case .executableLink: inChild(PROBE_EXECUTABLE_LINK, "may be set")
    case .executeCheck: executeCheck()
    case .clone3: inChild(PROBE_CLONE3, "made a child")
    case .closeRange: call(.closeRange, Int(UInt32.max), Int(UInt32.max), seen: "accepted")
    case .openAt2: openAt2()
    case .legacyCalls: inChild(PROBE_INT80, "reaches the 32-bit table")
    }
  }

  /// Runs a trial of CProbe in a child of its own.
  private static func inChild(_ trial: probe_trial, _ seen: String) -> Outcome {
    switch Int(probe_try(trial)) {
    case 0: .works(seen)
    case Int(PROBE_SILENT): .silent
    case Int(PROBE_NO_CHILD): .untried
    case let status where status < 0: .killed(signal: Int32(-status))
    case let status: .refused(Errno(rawValue: Int32(status)))
    }
  }

  /// Makes a call that changes nothing where it succeeds.
  private static func call(
    _ number: CallNumber, _ a: Int = 0, _ b: Int = 0, _ c: Int = 0, seen: String
  ) -> Outcome {
    do throws(Errno) {
      _ = try kernelCall(number, a, b, c)
      return .works(seen)
    } catch {
      return .refused(error)
    }
  }

  private static func protectionKeys() -> Outcome {
    do throws(Errno) {
      let key = try kernelCall(.allocateKey, 0, 0)
      _ = try kernelCall(.freeKey, key)
      return .works("one was allocated")
    } catch {
      return .refused(error)
    }
  }

  /// Sees that /proc is there and shows this very process.
  private static func proc() -> Outcome {
    guard let maps = text(of: "/proc/self/maps") else { return .refused(.noEntry) }
    return maps.contains("[stack]") ? .works("shows this process") : .silent
  }

  /// Asks for the version of Landlock, which is how the kernel says that it is on.
  private static func landlock() -> Outcome {
    do throws(Errno) {
      return .works("ABI version \(try kernelCall(.landlockCreate, 0, 0, 1))")
    } catch {
      return .refused(error)
    }
  }
}
