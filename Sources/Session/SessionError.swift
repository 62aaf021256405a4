// SPDX-License-Identifier: Apache-2.0 WITH Swift-exception
// Why a session could not start or could not go on.

package import ExecutableHosted
import Glibc
package import LinuxABIHosted

/// What went wrong, for whom, and what helps.
package enum SessionError: Error, Equatable {
  case commandNotFound(NativeString)
  case noSuchFile(NativeString)
  case directory(NativeString)
  case notExecutable(NativeString)
  case unreadable(NativeString)
  case unusable(NativeString, Errno)
  case badFormat(NativeString, FormatError)
  case badInterpreter(program: NativeString, interpreter: NativeString, Errno)
  case interpreterLoop(NativeString)
  case monitorMissing(searched: [NativeString])
  case monitorUnusable(NativeString, Errno)
  case noTrap(wanted: TrapChoice)
  case nested
  case noStatisticsFile(NativeString, Errno)
  case monitorFault(
    signal: Int32, process: UInt32, place: String, path: NativeString, offset: UInt64,
    address: UInt64)
  case launch(NativeString, Errno)
  case system(String, Errno)

  /// The status that sysweir ends with: that of a shell, as far as it has one for this.
  package var exitStatus: Int32 {
    switch self {
    case .commandNotFound, .noSuchFile: 127
    case .directory, .notExecutable, .unreadable, .unusable, .badFormat, .badInterpreter,
      .interpreterLoop, .launch:
      126
    case .monitorMissing, .monitorUnusable, .monitorFault, .noTrap, .nested, .noStatisticsFile,
      .system:
      125
    }
  }
}

extension SessionError: CustomStringConvertible {
  package var description: String {
    switch self {
    case .commandNotFound(let name):
      "\(name): no such command in PATH; check its spelling or give its path"
    case .noSuchFile(let path):
      "\(path): no such file; check the path"
    case .directory(let path):
      "\(path): is a directory; give the path of a program in it"
    case .notExecutable(let path):
      "\(path): not allowed to execute it; see ls -l, chmod +x, and whether it is mounted noexec"
    case .unreadable(let path):
      "\(path): executable but not readable, and sysweir has to read it; give it read permission"
    case .unusable(let path, let error):
      "\(path): \(error.message); see ls -l for what it is"
    case .badFormat(let path, let error):
      "\(path): \(error)"
    case .badInterpreter(let program, let interpreter, let error):
      "\(program): its interpreter \(interpreter) cannot be used (\(error.message)); install it or"
        + " correct the program"
    case .nested:
      "already inside a session of sysweir, which cannot hold another yet; leave out the inner one"
    case .interpreterLoop(let path):
      "\(path): more than 5 scripts that are each other's interpreter; correct their #! lines"
    case .monitorMissing(let searched):
      "no sysweir-monitor at \(searched.map(\.description).joined(separator: " or "));"
        + " install it beside sysweir"
    case .monitorUnusable(let path, let error):
      "\(path): \(error.message); install the sysweir-monitor that came with this sysweir"
    case .monitorFault(let signal, let process, let place, let path, let offset, let address):
      "internal fault (\(SignalName(signal))) at \(place), process \(process), address"
        + " 0x\(String(address, radix: 16)); please report it with what this prints:"
        + " addr2line -fe \(path) 0x\(String(offset, radix: 16))"
    case .noTrap(let wanted):
      "the kernel refuses \(wanted.explanation); run sysweir doctor to see what it offers"
    case .noStatisticsFile(let path, let error):
      "\(path): statistics cannot be written there (\(error.message)); give another --stats=FILE"
    case .launch(let name, let error):
      "\(name): cannot be started (\(error.message)); \(error.launchAdvice)"
    case .system(let action, let error):
      "cannot \(action) (\(error.message)); \(error.advice)"
    }
  }
}

extension Errno {
  fileprivate var launchAdvice: String {
    self == .tooBig ? "shorten its arguments and environment" : advice
  }

  /// What a user can do about a call of ours that failed.
  var advice: String {
    switch self {
    case .tooManyOpen, Self(rawValue: ENFILE): "raise the limit on open files, see ulimit -n"
    case .noMemory, .tryAgain: "free memory or raise the limits that ulimit -a shows"
    case .noCall: "use Linux 5.11 or newer"
    default: "run sysweir doctor to see what the kernel offers"
    }
  }
}
