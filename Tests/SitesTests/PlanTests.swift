// SPDX-License-Identifier: Apache-2.0 WITH Swift-exception
// Plans as bytes, and the cache that keeps them.

import CLayout
import Foundation
import LinuxABIHosted
import Testing

@testable import Sites

@Suite struct PlanTests {
  let program: Program

  init() throws {
    program = try Program("mov $39, %eax; syscall; mov %edi, %eax; syscall; ret; .nops 8")
  }

  @Test func `has the layout that the inner ring reads`() {
    #expect(MemoryLayout<sw_plan_head>.size == 128)
    #expect(MemoryLayout<sw_plan_site>.size == 64)
    let bytes = program.plan.bytes
    #expect(bytes.count == 128 + 2 * 64)
    #expect(bytes.prefix(4) == [0x57, 0x50, 0x4c, 0x4e])
    let row = 128 + 64
    let site = program.plan.sites[1]
    func offset(_ path: PartialKeyPath<sw_plan_site>) -> Int {
      MemoryLayout<sw_plan_site>.offset(of: path) ?? -1
    }
    #expect(bytes.little(UInt64.self, at: row + offset(\.address)) == site.address)
    #expect(bytes[row + offset(\.way)] == UInt8(SW_REWRITE_PADDING))
    #expect(bytes.little(Int16.self, at: row + offset(\.padding)) == Int16(site.padding))
    #expect(bytes[row + offset(\.originalLength)] == 2)
    #expect(bytes.little(UInt32.self, at: row + offset(\.number)) == .max)
    #expect(bytes.little(UInt32.self, at: row + offset(\.boundaries)) == 1)
    #expect(bytes[row + offset(\.original)] == 0x0f)
  }

  @Test func `is read as it was written`() {
    let plan = program.plan
    #expect(
      SitePlan(plan.bytes, identity: plan.identity, fileSize: plan.fileSize) == plan)
  }

  @Test func `refuses any byte that was changed and any that is missing`() {
    let plan = program.plan
    let bytes = plan.bytes
    for index in bytes.indices {
      var damaged = bytes
      damaged[index] ^= 0x40
      #expect(
        SitePlan(damaged, identity: plan.identity, fileSize: plan.fileSize) == nil, "\(index)")
    }
    for count in bytes.indices {
      #expect(
        SitePlan(Array(bytes[..<count]), identity: plan.identity, fileSize: plan.fileSize) == nil)
    }
  }

  @Test func `a damaged plan in the cache is replaced`() throws {
    let folder = try Program.folder()
    defer { try? FileManager.default.removeItem(at: folder) }
    let cache = PlanCache(folder: Array((folder.path + "/a/b").utf8))
    #expect(try SitePlanner.plan(file: program.bytes, cache: cache) == program.plan)
    let file = folder.appendingPathComponent("a/b/\(program.plan.identity).plan")
    let kept = [UInt8](try Data(contentsOf: file))
    #expect(kept == program.plan.bytes)
    var damaged = kept
    damaged[200] ^= 1
    try Data(damaged).write(to: file)
    #expect(try SitePlanner.plan(file: program.bytes, cache: cache) == program.plan)
    #expect([UInt8](try Data(contentsOf: file)) == kept)
    let names = try FileManager.default.contentsOfDirectory(atPath: folder.path + "/a/b")
    #expect(names == ["\(program.plan.identity).plan"])
  }

  @Test func `a kept plan is used`() throws {
    let folder = try Program.folder()
    defer { try? FileManager.default.removeItem(at: folder) }
    let cache = PlanCache(folder: Array(folder.path.utf8))
    var marked = program.plan
    marked.strays[.sysenter] = 7
    try cache.write(marked)
    #expect(try SitePlanner.plan(file: program.bytes, cache: cache) == marked)
  }

  @Test func `a plan for other bytes is not used, though the build-id is the same`() throws {
    let folder = try Program.folder()
    defer { try? FileManager.default.removeItem(at: folder) }
    let cache = PlanCache(folder: Array(folder.path.utf8))
    try cache.write(program.plan)
    var other = program.bytes
    other[program.plan.sites[0].offset - 4] = 40
    let plan = try SitePlanner.plan(file: other, cache: cache)
    #expect(plan.sites[0].number == 40)
  }

  @Test func `a cache that cannot be written is done without`() throws {
    var said: [Errno] = []
    let cache = PlanCache(folder: Array("/proc/none/plans".utf8))
    let plan = try SitePlanner.plan(file: program.bytes, cache: cache) { said.append($0) }
    #expect(plan == program.plan)
    #expect(said.count == 1)
  }

  @Test(arguments: [
    ("", "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855"),
    ("abc", "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad"),
    (
      "abcdbcdecdefdefgefghfghighijhijkijkljklmklmnlmnomnopnopq",
      "248d6a61d20638b8e5c026930c3e6039a33ce45964ff2167f6ecedd419db06c1"
    ),
  ])
  func `hashes as the standard's examples`(message: String, expected: String) {
    let hash = SHA256.hash(Array(message.utf8))
    #expect(FileIdentity(bytes: hash, isHash: true).description == "sha256-" + expected)
  }
}
