// SPDX-License-Identifier: Apache-2.0 WITH Swift-exception
// Keys that send signals, and job control, with a shell as a person has it.

import Foundation
import Testing

@testable import Session

@Suite(.serialized) struct TerminalTests {
  @Test(arguments: [("\u{3}", "130"), ("\u{1c}", "131")])
  func `a key ends the command and the supervisor`(key: String, status: String) throws {
    let terminal = try Terminal.shell()
    terminal.type("$W sh -c 'echo rea''dy; exec sleep 30'\n")
    #expect(terminal.waits(for: "ready"))
    terminal.type(key)
    #expect(terminal.waits(for: "PROMPT> "))
    terminal.type("echo =$?=\n")
    #expect(terminal.waits(for: "\n=\(status)="))
    leave(terminal)
  }

  @Test func `a key reaches the command once`() throws {
    let terminal = try Terminal.shell()
    terminal.type(
      "$W bash -c 'trap \"echo go''t\" INT; echo rea''dy; sleep 1; sleep 1; echo ov''er'\n")
    #expect(terminal.waits(for: "ready"))
    terminal.type("\u{3}")
    #expect(terminal.waits(for: "got"))
    #expect(terminal.waits(for: "over"))
    #expect(!terminal.text.contains("got"))
    leave(terminal)
  }

  @Test func `a command is stopped, continued and ends`() throws {
    let terminal = try Terminal.shell()
    // Not dash: while it waits in vfork it cannot be stopped, natively no more than here.
    terminal.type("$W bash -c 'for i in 1 2 3 4 5 6; do echo tick=$i; sleep 0.2; done; exit 4'\n")
    #expect(terminal.waits(for: "tick=2"))
    terminal.type("\u{1a}")
    #expect(terminal.waits(for: "Stopped"))
    #expect(terminal.waits(for: "PROMPT> "))
    terminal.pause(milliseconds: 500)
    #expect(!terminal.text.contains("tick"))
    terminal.type("fg\n")
    #expect(terminal.waits(for: "tick=6"))
    #expect(terminal.waits(for: "PROMPT> "))
    terminal.type("echo =$?=\n")
    #expect(terminal.waits(for: "\n=4="))
    leave(terminal)
  }

  @Test func `a command that reads in the background stops and goes on`() throws {
    let terminal = try Terminal.shell()
    terminal.type("$W bash -c 'read line; echo line=$line' &\n")
    #expect(terminal.waits(for: "PROMPT> "))
    terminal.pause(milliseconds: 700)
    terminal.type("\n")
    #expect(terminal.waits(for: "Stopped"))
    terminal.type("fg\n")
    terminal.pause(milliseconds: 300)
    terminal.type("hello\n")
    #expect(terminal.waits(for: "line=hello"))
    leave(terminal)
  }

  @Test func `a command that somebody else continues goes on`() throws {
    let terminal = try Terminal.shell()
    terminal.type("$W bash -c '(sleep 0.5; kill -CONT $$) & kill -STOP $$; echo go''ne on'\n")
    #expect(terminal.waits(for: "Stopped"))
    #expect(terminal.waits(for: "gone on"))
    terminal.type("wait; echo =$?=\n")
    #expect(terminal.waits(for: "\n=0="))
    leave(terminal)
  }

  @Test func `a stopped command that is killed is seen to be`() throws {
    let terminal = try Terminal.shell()
    terminal.type("$W bash -c 'kill -STOP $$; echo on' \n")
    #expect(terminal.waits(for: "Stopped"))
    terminal.type("kill -KILL $(pgrep -P $(pgrep -P $$ sysweir) bash); sleep 0.3\n")
    #expect(terminal.waits(for: "Killed"))
    leave(terminal)
  }

  @Test func `a command is told of a new size`() throws {
    let terminal = try Terminal.shell()
    terminal.type("$W bash -c 'trap \"stty size\" WINCH; echo rea''dy; sleep 0.7; sleep 0.3'\n")
    #expect(terminal.waits(for: "ready"))
    terminal.resize(rows: 33, columns: 77)
    #expect(terminal.waits(for: "33 77"))
    leave(terminal)
  }

  @Test func `a hang-up reaches the command of a supervisor that leads the session`() throws {
    let mark = try Workbench.subfolder() + "/hangup"
    let child = try hangUp(mark)
    #expect(child.end() == .exited(0))
    #expect(FileManager.default.fileExists(atPath: mark))
  }

  /// Starts a command that leaves a mark when its terminal goes, and takes the terminal away.
  private func hangUp(_ mark: String) throws -> Spawned {
    let terminal = try Terminal([
      Workbench.sysweir, "run", "bash", "-c",
      "trap 'echo > \(mark); exit' HUP; echo ready; while :; do sleep 0.05; done",
    ])
    #expect(terminal.waits(for: "ready"))
    return terminal.child
  }

  private func leave(_ terminal: Terminal) {
    terminal.type("exit\n")
    terminal.pause(milliseconds: 100)
    terminal.child.send(SIGHUP)
    _ = terminal.child.end()
  }
}
