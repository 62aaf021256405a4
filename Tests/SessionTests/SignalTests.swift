// SPDX-License-Identifier: Apache-2.0 WITH Swift-exception
// Signals that are sent to the supervisor.

import Foundation
import Testing

@testable import Session

@Suite struct SignalTests {
  @Test(arguments: [SIGTERM, SIGHUP, SIGINT, SIGQUIT, SIGUSR1, SIGUSR2, SIGALRM])
  func `reach the command`(number: Int32) throws {
    let folder = try Workbench.subfolder()
    let script = "trap 'echo got; exit 5' \(number); echo > ready; while :; do sleep 0.02; done"
    let child = Spawned(
      [Workbench.sysweir, "run", "sh", "-c", "cd \(folder); \(script)"], input: "/dev/null",
      output: folder + "/out")
    #expect(wait(for: folder + "/ready"))
    child.send(number)
    #expect(child.end() == .exited(5))
    #expect(try String(contentsOfFile: folder + "/out", encoding: .utf8) == "got\n")
  }

  @Test func `from the command itself do not come back to it`() {
    let script = "trap 'echo got' USR1; kill -USR1 0; sleep 0.2"
    let finished = Finished(
      of: ["setsid", "-w", Workbench.sysweir, "run", "sh", "-c", script], in: Workbench.folder)
    #expect(finished.output == "got\n")
  }

  @Test func `that were pending at the start are the command's`() {
    let start = """
      import os, signal, sys
      signal.pthread_sigmask(signal.SIG_BLOCK, [10])
      os.kill(os.getpid(), 10)
      os.execvp(sys.argv[1], sys.argv[1:])
      """
    let command = [
      "python3", "-c", start, Workbench.sysweir, "run", "python3", "-c",
      "import signal; print(signal.sigtimedwait([10], 5).si_signo)",
    ]
    #expect(Finished(of: command, in: Workbench.folder).output == "10\n")
  }

  @Test func `keep their value`() throws {
    let wait = """
      import signal
      signal.pthread_sigmask(signal.SIG_BLOCK, [12])
      open('ready', 'w').close()
      print(signal.sigtimedwait([12], 5).si_code)
      """
    let folder = try Workbench.subfolder()
    let child = Spawned(
      [Workbench.sysweir, "run", "sh", "-c", "cd \(folder); exec python3 -c \"\(wait)\""],
      input: "/dev/null", output: folder + "/out")
    #expect(self.wait(for: folder + "/ready"))
    #expect(child.queue(SIGUSR2) == 0)
    #expect(child.end() == .exited(0))
    #expect(try String(contentsOfFile: folder + "/out", encoding: .utf8) == "-1\n")
  }

  @Test func `cannot be caught: the command goes on`() throws {
    let folder = try Workbench.subfolder()
    let script = "cd \(folder); echo > ready; sleep 0.5; echo > survived"
    let child = Spawned(
      [Workbench.sysweir, "run", "sh", "-c", script],
      environment: ["STANDIN_ORPHAN": folder + "/orphaned"], input: "/dev/null")
    #expect(wait(for: folder + "/ready"))
    child.send(SIGKILL)
    #expect(child.end() == .killed(SIGKILL))
    #expect(wait(for: folder + "/survived"))
    // The word that tells targets is set by the kernel.
    #expect(wait(for: folder + "/orphaned"))
  }

  private func wait(for path: String) -> Bool {
    for _ in 0..<500 {
      if FileManager.default.fileExists(atPath: path) { return true }
      usleep(10_000)
    }
    return false
  }
}
