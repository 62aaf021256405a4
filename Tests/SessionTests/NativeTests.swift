// SPDX-License-Identifier: Apache-2.0 WITH Swift-exception
// Under the supervisor a command finds what it finds natively.

import Foundation
import Testing

@testable import Session

@Suite struct NativeTests {
  /// Shell commands in front of `$W`, which is nothing or sysweir, and a command that prints.
  static let commands = [
    "$W ls /proc/self/fd",
    "$W ls /proc/self/fd <&-",
    "exec 2>&-; $W ls /proc/self/fd",
    "$W ls /proc/self/fd 5>&1 7</dev/null",
    "$W grep -E 'Sig(Blk|Ign)' /proc/self/status",
    "trap '' HUP CHLD TSTP; $W grep -E 'Sig(Blk|Ign)' /proc/self/status",
    "trap '' CHLD; $W sh -c 'exit 3'; echo $?",
    "env -i $W /usr/bin/env",
    "umask 027; ulimit -n 500; $W sh -c 'umask; ulimit -a; pwd; nice'",
    "$W cat /proc/self/cmdline /proc/self/comm",
    "$W env printf '%s|' '' 'a b' $'\\377'",
    "yes | $W head -1",
    "$W yes | head -1; echo ${PIPESTATUS[*]}",
    "timeout 0.3 $W sleep 5; echo $?",
    "exec 2>/dev/null; perl -e 'alarm 1; exec @ARGV' $W sleep 3; echo $?",
    "setpriv --pdeathsig TERM $W setpriv --dump",
    "cd /bin; PATH=: $W true; echo $?",
    "unset PATH; $W true; echo $?",
    "$W sh -c 'echo $PPID' | grep -c .",
  ]

  @Test(arguments: commands) func `as natively`(command: String) {
    let native = run(command, "")
    let supervised = run(command, Workbench.sysweir + " run")
    #expect(supervised.output == native.output)
    #expect(supervised.errors == native.errors)
    #expect(supervised.status == native.status)
  }

  /// Other tests may have files open at this moment that an exec does not close.
  private func run(_ command: String, _ prefix: String) -> Finished {
    let alone = "for number in {3..63}; do eval \"exec $number>&-\"; done; " + command
    return Finished(of: ["bash", "-c", alone], in: Workbench.folder, environment: ["W": prefix])
  }

  @Test func `scripts get the arguments that the kernel gives them`() throws {
    let folder = try Workbench.subfolder()
    let inner = try Workbench.file("inner", "#! /bin/echo  in  ner \n", in: folder)
    let outer = try Workbench.file("outer", "#!\(inner) out er\n", in: folder)
    let native = Finished(of: [outer, "1", "2 3"], in: folder)
    let supervised = Workbench.run([outer, "1", "2 3"])
    #expect(native.output == "in  ner \(inner) out er \(outer) 1 2 3\n")
    #expect(supervised.output == native.output)
  }

  @Test(arguments: ["echo shell $0 $*", "#!\necho no name $0", ""])
  func `texts without an interpreter are the shell's`(text: String) throws {
    let path = try Workbench.file("text", text)
    let native = Finished(of: ["env", path, "a"], in: "/tmp")
    let supervised = Workbench.run([path, "a"])
    #expect(supervised.output == native.output)
    #expect(supervised.status == .exited(0))
  }
}
