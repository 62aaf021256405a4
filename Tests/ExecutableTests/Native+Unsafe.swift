// SPDX-License-Identifier: Apache-2.0 WITH Swift-exception
// The oracle: what the kernel itself does with a file.

import Foundation
import Glibc
import Synchronization

/// What became of a file that the kernel was told to execute.
enum Outcome: Equatable {
  /// execve(2) answered with an error number.
  case refused(Int32)
  case killed(signal: Int32)
  case exited(Int32)
}

/// A folder for executables, removed with all it holds when it goes.
struct Folder: ~Copyable {
  let path: String
  /// Held while a file is open for writing, so that no child inherits it: `ETXTBSY`.
  static let isWriting = Mutex(())

  init() throws {
    path = FileManager.default.temporaryDirectory.path + "/executable-\(UUID().uuidString)"
    try FileManager.default.createDirectory(atPath: path, withIntermediateDirectories: false)
  }

  deinit { try? FileManager.default.removeItem(atPath: path) }

  /// Writes an executable file and gives its path.
  func add(_ bytes: [UInt8], as name: String = "file") throws -> String {
    let file = path + "/" + name
    try Self.isWriting.withLock { _ in
      try Data(bytes).write(to: URL(fileURLWithPath: file))
    }
    // SAFETY: Swift passes a C string that lives until the call returns.
    _ = unsafe chmod(file, 0o755)
    return file
  }

  /// Executes a file of these bytes and waits for its end.
  func run(_ bytes: [UInt8]) throws -> Outcome {
    try Child.run(add(bytes))
  }

  /// What a script with these bytes makes its interpreter print.
  func output(of script: [UInt8]) throws -> (outcome: Outcome, text: [UInt8]) {
    let file = path + "/output"
    let outcome = try Child.run(add(script), output: file)
    return (outcome, FileManager.default.contents(atPath: file).map(Array.init) ?? [])
  }
}

/// A child that execve(2) accepted.
struct Child {
  let process: pid_t

  static func run(_ path: String, output: String? = nil) -> Outcome {
    switch spawn(path, output: output) {
    case .failure(let refusal): .refused(refusal.number)
    case .success(let child): child.end()
    }
  }

  /// The error number with which a call failed.
  struct Refusal: Error {
    let number: Int32
  }

  /// Starts a file with its path and the arguments given, and no environment.
  static func spawn(
    _ path: String, _ arguments: [String] = [], output: String? = nil
  ) -> Result<Child, Refusal> {
    var actions = unsafe posix_spawn_file_actions_t()
    // SAFETY: the actions live until the end of this function, and copy the path.
    unsafe posix_spawn_file_actions_init(&actions)
    defer { unsafe posix_spawn_file_actions_destroy(&actions) }
    if let output {
      unsafe posix_spawn_file_actions_addopen(
        &actions, 1, output, O_WRONLY | O_CREAT | O_TRUNC, 0o600)
    }
    var process: pid_t = 0
    // SAFETY: strdup owns the copies until they are freed below; the call keeps none of them.
    var words = unsafe ([path] + arguments).map { unsafe strdup($0) } + [nil]
    defer { for index in unsafe words.indices { unsafe free(words[index]) } }
    var environment = unsafe [UnsafeMutablePointer<CChar>?.none]
    var error: Int32 = 0
    repeat {
      error = Folder.isWriting.withLock { _ in
        unsafe posix_spawn(&process, path, &actions, nil, &words, &environment)
      }
      // A child of another suite may have inherited the file while it was open for writing.
    } while error == ETXTBSY
    return error == 0 ? .success(Child(process: process)) : .failure(Refusal(number: error))
  }

  func kill() {
    Glibc.kill(process, SIGKILL)
    _ = end()
  }

  func end() -> Outcome {
    var status: Int32 = 0
    // SAFETY: the status is a local variable.
    while unsafe waitpid(process, &status, 0) < 0 && errno == EINTR {}
    let signal = status & 0x7f
    return signal == 0 ? .exited((status >> 8) & 0xff) : .killed(signal: signal)
  }
}
