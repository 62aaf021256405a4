// SPDX-License-Identifier: Apache-2.0 WITH Swift-exception
// How a session ends: with the command, with all processes, or with a fault of the monitor.

import Foundation
import Glibc
import Testing

@testable import Session

@Suite struct SessionEndTests {
  @Test func `comes with the command's`() {
    let duration = ContinuousClock().measure {
      _ = Workbench.run(["true"], environment: ["STANDIN_HOLD": "2000"])
    }
    #expect(duration < .milliseconds(1500))
  }

  @Test func `waits for the last process that has the session`() {
    let duration = ContinuousClock().measure {
      let finished = Workbench.run(
        ["--wait-all", "sh", "-c", "exit 3"], environment: ["STANDIN_HOLD": "600"])
      #expect(finished.status == .exited(3))
    }
    #expect(duration >= .milliseconds(600))
  }

  @Test func `tells where the monitor crashed`() throws {
    let monitor = Workbench.folder + "/sysweir-monitor"
    let symbols = Finished(of: ["nm", monitor], in: Workbench.folder).output
    let line = try #require(symbols.split(separator: "\n").first { $0.hasSuffix(" T main") })
    let start = try #require(UInt64(line.prefix { $0.isHexDigit }, radix: 16))
    let offset = String(start + 4, radix: 16)
    let finished = Workbench.run(["true"], environment: ["STANDIN_FAULT": offset])
    #expect(finished.status == .exited(125))
    #expect(finished.errors.hasPrefix("sysweir: internal fault (SIGSEGV) at main+0x4 (monitor.c:"))
    #expect(finished.errors.hasSuffix("addr2line -fe \(monitor) 0x\(offset)\n"))
  }

  @Test(arguments: [Int32(0), 7, 255]) func `gives its status back`(status: Int32) async {
    switch status {
    case 0: await #expect(processExitsWith: .exitCode(0)) { Outcome.exited(0).imitate() }
    case 7: await #expect(processExitsWith: .exitCode(7)) { Outcome.exited(7).imitate() }
    default: await #expect(processExitsWith: .exitCode(255)) { Outcome.exited(255).imitate() }
    }
  }

  @Test func `imitates a signal that is blocked and ignored`() async {
    await #expect(processExitsWith: .signal(SIGTERM)) {
      _ = signal(SIGTERM, SIG_IGN)
      _ = try SignalState.take()
      Outcome.killed(SIGTERM).imitate()
    }
  }
}
