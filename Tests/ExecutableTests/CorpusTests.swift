// SPDX-License-Identifier: Apache-2.0 WITH Swift-exception
// The fuzzer's kept inputs, run as ordinary tests.

import Foundation
import FuzzExecutable
import Testing

@Suite struct CorpusTests {
  static let folder = URL(fileURLWithPath: #filePath)
    .deletingLastPathComponent().deletingLastPathComponent()
    .appendingPathComponent("Corpora/executable")

  @Test func `keeps every promise on the kept inputs`() throws {
    let names = try FileManager.default.contentsOfDirectory(atPath: Self.folder.path)
    #expect(!names.isEmpty)
    for name in names {
      let bytes = [UInt8](try Data(contentsOf: Self.folder.appendingPathComponent(name)))
      let broken = Promises.broken(by: RawSpan(_elements: bytes.span))
      #expect(broken == nil, "\(name)")
    }
  }
}
