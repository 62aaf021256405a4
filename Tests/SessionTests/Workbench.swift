// SPDX-License-Identifier: Apache-2.0 WITH Swift-exception
// A sysweir with a monitor that monitors nothing, and commands run under it.

import Foundation
import Synchronization

@testable import Session

/// Where the tests of the supervisor put their files.
enum Workbench {
  /// What the test runner was built beside: the products of the package.
  private static let products = NativeString("/proc/self/exe").linkTarget?.directory.description
  private static let sources = URL(filePath: #filePath).deletingLastPathComponent().path

  /// A folder with sysweir and the stand-in for its monitor, made once for all tests.
  ///
  /// `SYSWEIR` in the environment names another build than the one beside the tests.
  static let folder: String = {
    let folder = FileManager.default.temporaryDirectory.path + "/session-\(UUID().uuidString)"
    let layout = sources + "/../../Sources/CLayout/include"
    try? FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: false)
    let built = ProcessInfo.processInfo.environment["SYSWEIR"] ?? (products ?? "") + "/sysweir"
    try? FileManager.default.copyItem(atPath: built, toPath: folder + "/sysweir")
    let compilation = Finished(
      of: [
        "cc", "-static-pie", "-fPIE", "-O1", "-g", "-Wall", "-Werror", "-I", layout,
        "-o", folder + "/sysweir-monitor", sources + "/Standin/monitor.c",
      ], in: "/tmp")
    if compilation.status != .exited(0) { print(compilation.errors) }
    atexit { try? FileManager.default.removeItem(atPath: Workbench.folder) }
    return folder
  }()

  /// Held while a file is open for writing and while a child is made, so that no child inherits
  /// such a file: executing it would give `ETXTBSY`.
  static let isWriting = Mutex(())

  static var sysweir: String { folder + "/sysweir" }

  /// Runs a command under sysweir and waits for its end.
  static func run(
    _ arguments: [String], environment: [String: String] = [:]
  ) -> Finished {
    Finished(of: [sysweir, "run"] + arguments, in: folder, environment: environment)
  }

  /// Makes a file in a folder of its own and gives its path.
  static func file(
    _ name: String, _ content: String, mode: Int = 0o755, in place: String? = nil
  ) throws -> String {
    let place = try place ?? subfolder()
    let path = place + "/" + name
    try isWriting.withLock { _ in try Data(content.utf8).write(to: URL(filePath: path)) }
    try FileManager.default.setAttributes([.posixPermissions: mode], ofItemAtPath: path)
    return path
  }

  /// Copies sysweir to a folder and gives its path there.
  static func copySysweir(to folder: String) throws -> String {
    let path = folder + "/sysweir"
    try isWriting.withLock { _ in try FileManager.default.copyItem(atPath: sysweir, toPath: path) }
    return path
  }

  static func subfolder() throws -> String {
    let path = folder + "/" + UUID().uuidString
    try FileManager.default.createDirectory(atPath: path, withIntermediateDirectories: false)
    return path
  }
}
