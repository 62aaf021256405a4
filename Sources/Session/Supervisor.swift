// SPDX-License-Identifier: Apache-2.0 WITH Swift-exception
// A session from its start to its end.

import Glibc
import LinuxABIHosted

/// The parent of a target: starts it, passes signals on, and follows it to its end.
package struct Supervisor: ~Copyable {
  let memory: SessionMemory
  let monitor: MonitorFile
  let child: Child
  let inbox: SignalInbox
  let relay: SignalRelay
  var isChildStopped = false
  /// Set from a stop of this process until the signal that ended it was read.
  var hasStopped = false

  /// Runs a command under the monitor and waits for its end.
  ///
  /// Every signal of the calling thread, which must be the process's only one, is blocked from
  /// here on, so that nothing is lost between two calls.
  package static func run(
    _ command: [NativeString], _ options: SessionOptions
  ) throws(SessionError) -> Outcome {
    let program = try Program.find(command, path: .environment("PATH"))
    let trap = try Trap.choose(options.trap)
    let monitor = try MonitorFile.find().prepared(for: trap)
    let output = try StatisticsOutput(options)
    let memory = try SessionMemory.make(
      monitor: monitor, options: options.bits(trap: trap, randomization: .current))
    let ownership = try SessionError.attempt("hold the session") { () throws(Errno) in
      try memory.hold()
    }
    var supervisor = try start(program, monitor: monitor, memory: memory)
    let outcome = try supervisor.follow(toEndOfAll: options.waitsForAll)
    supervisor.memory.leave()
    ownership.release()
    output.write(supervisor.memory, trap: trap)
    if let fault = supervisor.memory.monitorFault { throw supervisor.monitor.explain(fault) }
    return outcome
  }

  private static func start(
    _ program: consuming Program, monitor: consuming MonitorFile, memory: consuming SessionMemory
  ) throws(SessionError) -> Supervisor {
    let signals = try SessionError.attempt("block signals", SignalState.take)
    let inbox = try SessionError.attempt("read signals") { () throws(Errno) in try SignalInbox() }
    // A description of its own, so that the kernel can tell whether targets hold it.
    let session = try SessionError.attempt("open the session again") { () throws(Errno) in
      try Descriptor.open(memory.file.processPath, O_RDWR)
    }
    let ticket = try Ticket(program: program, session: session, signals: signals)
    let image = try monitor.reopened(at: Int(ticket.file.rawNumber))
    let inherited = try SessionError.attempt("read signals") { () throws(Errno) in
      try inbox.waiting()
    }
    let process = try program.start(
      image: image, ticket: ticket, session: session, signals: signals)
    let child = Child(process: process)
    for signal in inherited { child.forward(signal) }
    return Supervisor(
      memory: memory, monitor: monitor, child: child, inbox: inbox,
      relay: SignalRelay(supervisor: getpid(), leadsSession: getsid(0) == getpid()))
  }
}
