// SPDX-License-Identifier: Apache-2.0 WITH Swift-exception
// A terminal that a test types on and reads from.

import Foundation
import Glibc

@testable import Session

/// The side of a pseudoterminal where a person would sit.
final class Terminal {
  private let file: Descriptor
  private var seen: [UInt8] = []
  let child: Spawned

  /// Starts a command in a session of its own, with this as its terminal.
  init(_ command: [String], environment: [String: String] = [:]) throws {
    file = try Descriptor.open("/dev/ptmx", O_RDWR)
    var lock: Int32 = 0
    var number: Int32 = 0
    // SAFETY: both calls take an int, as ioctl_tty(2) says.
    unsafe _ = ioctl(file.rawNumber, Self.setLock, &lock)
    unsafe _ = ioctl(file.rawNumber, Self.getNumber, &number)
    child = Spawned(command, environment: environment, terminal: "/dev/pts/\(number)")
  }

  /// The corresponding C constant is `TIOCSPTLCK`.
  private static let setLock: UInt = 0x4004_5431
  /// The corresponding C constant is `TIOCGPTN`.
  private static let getNumber: UInt = 0x8004_5430

  /// Starts a shell with job control, ready for its first line.
  static func shell() throws -> Terminal {
    let terminal = try Terminal(
      ["bash", "--norc", "--noprofile", "--noediting", "-i"],
      environment: ["PS1": "PROMPT> ", "W": Workbench.sysweir + " run"])
    _ = terminal.waits(for: "PROMPT> ")
    return terminal
  }

  func type(_ text: String) {
    // SAFETY: the bytes live over the call.
    _ = unsafe Array(text.utf8).withUnsafeBytes {
      unsafe write(file.rawNumber, $0.baseAddress, $0.count)
    }
  }

  func resize(rows: UInt16, columns: UInt16) {
    var size = winsize(ws_row: rows, ws_col: columns, ws_xpixel: 0, ws_ypixel: 0)
    // SAFETY: the structure is the one that TIOCSWINSZ takes.
    _ = unsafe ioctl(file.rawNumber, UInt(TIOCSWINSZ), &size)
  }

  /// Everything that was printed since the last text that was waited for.
  var text: String { String(decoding: seen, as: UTF8.self) }

  /// Waits until a text has been printed, and forgets all up to its end.
  func waits(for text: String, seconds: Double = 10) -> Bool {
    let end = ContinuousClock.now + .seconds(seconds)
    while ContinuousClock.now < end {
      if let found = seen.firstRange(of: Array(text.utf8)) {
        seen.removeSubrange(..<found.upperBound)
        return true
      }
      read(within: 50)
    }
    return false
  }

  /// Reads for so long, whatever comes.
  func pause(milliseconds: Int32) {
    let end = ContinuousClock.now + .milliseconds(Int(milliseconds))
    while ContinuousClock.now < end { read(within: 20) }
  }

  private func read(within milliseconds: Int32) {
    var polled = pollfd(fd: file.rawNumber, events: Int16(POLLIN), revents: 0)
    var buffer = [UInt8](repeating: 0, count: 4096)
    // SAFETY: the structure and the buffer live over the calls, with their sizes given.
    guard unsafe poll(&polled, 1, milliseconds) > 0 else { return }
    let count = unsafe Glibc.read(file.rawNumber, &buffer, buffer.count)
    if count > 0 { seen += buffer[..<count] } else { usleep(20_000) }
  }
}
