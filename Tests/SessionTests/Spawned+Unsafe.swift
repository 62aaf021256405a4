// SPDX-License-Identifier: Apache-2.0 WITH Swift-exception
// Starting processes as a shell would: with streams, or with a terminal of their own.

import Foundation
import Glibc
import LinuxABIHosted
import Testing

@testable import Session

/// A child of the test.
struct Spawned {
  let process: pid_t

  /// - Parameter terminal: a device that becomes the controlling terminal of a new session.
  init(
    _ command: [String], environment: [String: String] = [:], input: String? = nil,
    output: String? = nil, errors: String? = nil, terminal: String? = nil
  ) {
    var actions = unsafe posix_spawn_file_actions_t()
    var attributes = posix_spawnattr_t()
    // SAFETY: both are initialized by the calls that follow and destroyed at the end.
    unsafe posix_spawn_file_actions_init(&actions)
    unsafe posix_spawnattr_init(&attributes)
    defer {
      unsafe posix_spawn_file_actions_destroy(&actions)
      unsafe posix_spawnattr_destroy(&attributes)
    }
    let created = O_RDWR | O_CREAT | O_TRUNC
    for (number, path) in [
      (0, input ?? terminal), (1, output ?? terminal), (2, errors ?? terminal),
    ] {
      guard let path else { continue }
      let mode = path.hasPrefix("/dev/") ? O_RDWR : created
      unsafe posix_spawn_file_actions_addopen(&actions, Int32(number), path, mode, 0o600)
    }
    // The test's threads block most signals, which the child would inherit.
    var none = sigset_t()
    unsafe sigemptyset(&none)
    unsafe posix_spawnattr_setsigmask(&attributes, &none)
    let flags = Int16(POSIX_SPAWN_SETSIGMASK) | (terminal == nil ? 0 : Self.newSession)
    unsafe posix_spawnattr_setflags(&attributes, flags)
    let variables = ProcessInfo.processInfo.environment.merging(environment) { $1 }
    process = unsafe Self.spawn(
      command, variables.map { "\($0.key)=\($0.value)" }, &actions, &attributes)
  }

  /// The corresponding C constant is `POSIX_SPAWN_SETSID`.
  private static let newSession: Int16 = 0x80

  private static func spawn(
    _ command: [String], _ environment: [String],
    _ actions: inout posix_spawn_file_actions_t, _ attributes: inout posix_spawnattr_t
  ) -> pid_t {
    var process: pid_t = 0
    // SAFETY: the vectors end in nil, live over the call and are freed after it.
    var arguments = unsafe command.map { unsafe strdup($0) } + [nil]
    var variables = unsafe environment.map { unsafe strdup($0) } + [nil]
    defer { unsafe (arguments + variables).forEach { unsafe free($0) } }
    let result = Workbench.isWriting.withLock { _ in
      unsafe posix_spawnp(&process, command[0], &actions, &attributes, &arguments, &variables)
    }
    if result != 0 { Issue.record("\(command[0]): \(Errno(rawValue: result).message)") }
    return result == 0 ? process : 0
  }

  func send(_ number: Int32) {
    if process > 0 { _ = kill(process, number) }
  }

  /// Sends a signal with a value of 0.
  func queue(_ number: Int32) -> Int32 {
    // SAFETY: the value is not a pointer that anybody follows.
    unsafe sigqueue(process, number, sigval())
  }

  /// Waits for the end.
  func end() -> Outcome {
    guard process > 0 else { return .exited(-1) }
    var status: Int32 = 0
    // SAFETY: the status lives over the call.
    while unsafe waitpid(process, &status, 0) < 0 {
      guard errno == EINTR else { return .exited(-1) }
    }
    return status & 0x7f == 0 ? .exited(status >> 8 & 0xff) : .killed(status & 0x7f)
  }
}
