// SPDX-License-Identifier: Apache-2.0 WITH Swift-exception
// Where the kernel put an executable, as /proc tells of a live process.

import Foundation
import Glibc

/// The addresses of a program that runs at a fixed break, for a relocatable one with its bias.
///
/// - Source: `proc(5)`, `stat`, `maps` and `auxv`; `getauxval(3)`.
struct Placement {
  let entry: UInt64
  let tableAddress: UInt64
  let codeStart: UInt64
  let codeEnd: UInt64
  let dataStart: UInt64
  let dataEnd: UInt64
  let breakStart: UInt64
  let isStackExecutable: Bool
  /// From the first to the last page that holds a segment.
  let mapped: Range<UInt64>

  /// Runs a program that pauses, looks at it and ends it.
  init?(of bytes: [UInt8], in folder: borrowing Folder) throws {
    let path = try folder.add(bytes)
    guard let (child, stat) = Self.pausedChild(path) else { return nil }
    defer { child.kill() }
    let files = "/proc/\(child.process)/"
    let auxiliary = Self.auxiliary(files)
    entry = auxiliary[9] ?? 0
    tableAddress = auxiliary[3] ?? 0
    (codeStart, codeEnd) = (stat[25], stat[26])
    (dataStart, dataEnd, breakStart) = (stat[44], stat[45], stat[46])
    let maps = Self.maps(files)
    isStackExecutable = maps.contains { $0.line.hasSuffix("[stack]") && $0.line.contains("rwxp") }
    // Zeros behind a segment have no name; the kernel's own mappings and the stack have.
    let own = maps.filter { !$0.line.hasSuffix("]") }.map(\.range)
    mapped = (own.first?.lowerBound ?? 0)..<(own.last?.upperBound ?? 0)
  }

  /// Starts a program without randomisation: the break then begins where the image ends.
  ///
  /// Gives it when it sleeps in pause(2), with the fields of its `stat`. A start may have to be
  /// repeated, because another suite's child still holds the file open for writing.
  private static func pausedChild(_ path: String) -> (Child, [UInt64])? {
    for _ in 0..<100 {
      guard case .success(let child) = Child.spawn("/usr/bin/setarch", ["-R", path]) else {
        return nil
      }
      while true {
        let fields = text("/proc/\(child.process)/stat").split(separator: " ")
        guard fields.count > 46, fields[2] != "Z" else { break }
        // Past setarch, by its name.
        if fields[1] == "(file)", fields[2] == "S" { return (child, fields.map(number)) }
        usleep(1000)
      }
      child.kill()
    }
    return nil
  }

  /// A field's number; 0 for what is none.
  private static func number(_ field: Substring) -> UInt64 { UInt64(field) ?? 0 }

  private static func auxiliary(_ files: String) -> [UInt64: UInt64] {
    let bytes = Array(FileManager.default.contents(atPath: files + "auxv") ?? Data())
    let words = stride(from: 0, to: bytes.count - 7, by: 8).map { start in
      (0..<8).reduce(into: UInt64(0)) { $0 |= UInt64(bytes[start + $1]) << (8 * $1) }
    }
    let pairs = stride(from: 0, to: words.count - 1, by: 2).map { (words[$0], words[$0 + 1]) }
    return Dictionary(pairs, uniquingKeysWith: { first, _ in first })
  }

  private static func maps(_ files: String) -> [(range: Range<UInt64>, line: Substring)] {
    text(files + "maps").split(separator: "\n").compactMap { line in
      let bounds = line.prefix { $0 != " " }.split(separator: "-").compactMap {
        UInt64($0, radix: 16)
      }
      return bounds.count == 2 ? (bounds[0]..<bounds[1], line) : nil
    }
  }

  private static func text(_ path: String) -> String {
    String(decoding: FileManager.default.contents(atPath: path) ?? Data(), as: UTF8.self)
  }
}
