// SPDX-License-Identifier: Apache-2.0 WITH Swift-exception
// Real libraries, and damaged files.

import Foundation
import FuzzSites
import Testing

@testable import Sites

@Suite struct ImageTests {
  static let library = "/lib/x86_64-linux-gnu/libc.so.6"

  @Test func `keeps every promise on the C library, and finds a way for most sites`() throws {
    let bytes = [UInt8](try Data(contentsOf: URL(fileURLWithPath: Self.library)))
    let plan = try SitePlanner.plan(file: bytes)
    #expect(Promises.broken(by: plan, of: bytes) == nil)
    let sites = plan.sites.filter { $0.kind == .syscall }
    #expect(sites.count > 300)
    #expect(sites.count { $0.way != .none } * 100 > sites.count * 95)
    // All pairs of bytes are accounted for.
    let image = try Image(bytes)
    let map = try CodeMap(image)
    let pairs = map.regions.flatMap { region in
      region.bytes.dropLast().filter { bytes[$0] == 0x0f && bytes[$0 + 1] == 0x05 }
    }
    #expect(pairs.count == sites.count + (plan.strays[.syscall] ?? 0))
  }

  @Test func `tells where a damaged file is wrong`() throws {
    let program = try Program("syscall; ret").bytes
    var wrong = program
    wrong[40 + 7] = 1
    #expect(throws: SitesError.self) { try SitePlanner.plan(file: wrong) }
    do {
      _ = try SitePlanner.plan(file: wrong)
    } catch {
      let text = error.description
      #expect(text.contains("offset 0x28") && text.contains("expected") && text.contains("; "))
    }
    #expect(throws: SitesError.self) { try SitePlanner.plan(file: Array("#!/bin/sh\n".utf8)) }
    #expect(throws: SitesError.self) { try SitePlanner.plan(file: []) }
  }

  @Test func `leaves a file alone that has no section table`() throws {
    var bytes = try Program("mov $39, %eax; syscall; ret").bytes
    for offset in 40..<48 { bytes[offset] = 0 }
    let plan = try SitePlanner.plan(file: bytes)
    #expect(plan.sites.map(\.hindrance) == [.noSections])
    #expect(plan.sites.map(\.number) == [39])
  }

  @Test func `survives every cut and every byte that is all ones`() throws {
    let program = try Program("mov %edi, %eax; syscall; ret; .nops 8").bytes
    for count in stride(from: 0, to: program.count, by: 97) {
      #expect(Promises.broken(by: Array(program[..<count])) == nil, "\(count) bytes")
    }
    for offset in stride(from: 0, to: program.count, by: 17) {
      var damaged = program
      damaged[offset] = 0xff
      #expect(Promises.broken(by: damaged) == nil, "offset \(offset)")
    }
  }

  @Test func `keeps every promise on the kept inputs`() throws {
    let folder = URL(fileURLWithPath: #filePath)
      .deletingLastPathComponent().deletingLastPathComponent()
      .appendingPathComponent("Corpora/sites")
    let names = try FileManager.default.contentsOfDirectory(atPath: folder.path)
    #expect(!names.isEmpty)
    for name in names {
      let bytes = [UInt8](try Data(contentsOf: folder.appendingPathComponent(name)))
      #expect(Promises.broken(by: bytes) == nil, "\(name)")
    }
  }
}
