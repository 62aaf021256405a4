// SPDX-License-Identifier: Apache-2.0 WITH Swift-exception
// Session memory and the monitor that is copied into it.

import CLayout
import EventLogHosted
import Glibc
import Testing

@testable import Session

@Suite struct MemoryTests {
  private func monitor() throws -> MonitorFile {
    try MonitorFile.open(NativeString(Workbench.folder + "/sysweir-monitor"))
  }

  @Test func `describes itself and claims the first process's row`() throws {
    let monitor = try monitor()
    let memory = try SessionMemory.make(monitor: monitor, options: 5)
    memory.describe { header in
      #expect(header.magic == SW_SESSION_MAGIC)
      #expect(header.version == SW_LAYOUT_VERSION)
      #expect(header.options == 5)
      #expect(header.supervisor == UInt32(getpid()))
      #expect(header.attended == 1)
      #expect(header.sessionDescriptor == memory.file.rawNumber)
      #expect(header.monitorDescriptor == monitor.descriptor.rawNumber)
      #expect(header.imageSize == UInt32(monitor.image.count))
      #expect(header.nextProcess == 2)
      #expect(header.nextTally == 1)
    }
    #expect(memory.processRow(1).claimed == 1)
    #expect(memory.processRows == 0..<2)
    #expect(
      try memory.file.read(monitor.image.count, at: Int(SessionLayout.imageOffset))
        == monitor.image)
    memory.leave()
    memory.describe { #expect($0.attended == 0) }
  }

  @Test func `is alone until somebody opens it`() throws {
    let memory = try SessionMemory.make(monitor: try monitor(), options: 0)
    #expect(memory.hasTargets == false)
    let other = try Descriptor.open(memory.file.processPath, O_RDWR)
    #expect(memory.hasTargets == true)
    try other.close()
    #expect(memory.hasTargets == false)
  }

  @Test func `is held by its thread until released`() throws {
    let memory = try SessionMemory.make(monitor: try monitor(), options: 0)
    let ownership = try memory.hold()
    memory.describe { #expect($0.owner != 0) }
    ownership.release()
    memory.describe { #expect($0.owner == 0) }
  }

  @Test func `a monitor without its symbols is the same program`() throws {
    let whole = try Descriptor.contents(of: NativeString(Workbench.folder + "/sysweir-monitor"))
    let monitor = try monitor()
    #expect(monitor.image.count < whole.count)
    #expect(monitor.image[64...] == whole[64..<monitor.image.count])
    #expect(monitor.image.little(UInt16.self, at: 60) == 0)
  }

  @Test func `a monitor for seccomp lies at an address of its own`() throws {
    let original = try monitor().image
    let monitor = try monitor().prepared(for: .seccomp)
    #expect(monitor.fixedBase >= 0x2000_0000_0000 && monitor.fixedBase < 0x3000_0000_0000)
    #expect(monitor.fixedBase % 4096 == 0)
    #expect(monitor.image.little(UInt16.self, at: 16) == 2)
    #expect(
      monitor.image.little(UInt64.self, at: 24)
        == original.little(UInt64.self, at: 24) + monitor.fixedBase)
    // Nobody can change what later processes will be executed from.
    #expect(throws: (any Error).self) { try monitor.descriptor.write([0], at: 0) }
  }

  @Test(arguments: ["", "#!/bin/sh\n", "\u{7f}ELF\u{2}\u{1}\u{1}"])
  func `what is no monitor is refused`(content: String) throws {
    let path = NativeString(try Workbench.file("sysweir-monitor", content))
    #expect(throws: SessionError.monitorUnusable(path, .noExec)) { _ = try MonitorFile.open(path) }
  }
}
