// SPDX-License-Identifier: Apache-2.0 WITH Swift-exception
// A process that was started and has ended.

import Foundation

@testable import Session

/// What a process left behind.
struct Finished {
  let status: Outcome
  let output: String
  let errors: String

  /// Starts a process in a folder, with the test's environment and what is added to it.
  init(of command: [String], in folder: String, environment: [String: String] = [:]) {
    let base = folder + "/" + UUID().uuidString
    let files = (base + ".out", base + ".err")
    let child = Spawned(
      command, environment: environment, input: "/dev/null", output: files.0, errors: files.1)
    status = child.end()
    output = Self.take(files.0)
    errors = Self.take(files.1)
  }

  private static func take(_ path: String) -> String {
    defer { try? FileManager.default.removeItem(atPath: path) }
    return String(decoding: FileManager.default.contents(atPath: path) ?? Data(), as: UTF8.self)
  }
}
