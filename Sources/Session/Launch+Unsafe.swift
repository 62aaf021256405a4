// SPDX-License-Identifier: Apache-2.0 WITH Swift-exception
// Starting the first process of a session.

import CSession
import Glibc
import LinuxABIHosted

extension Program {
  /// Starts the monitor in a child of this process, with the environment of this process.
  ///
  ///     supervisor                         child
  ///     clone(VM|VFORK) ------------------> keeps the descriptors over exec, restores signals
  ///     (suspended)                         execveat(image, "") : AT_EXECFN is /dev/fd/<image>
  ///     goes on  <------------------------- exec done, or the error
  ///
  /// - Parameter image: the monitor; its position is the number of the ticket's descriptor.
  /// - Returns: the child's process id.
  func start(
    image: borrowing Descriptor, ticket: borrowing Ticket, session: borrowing Descriptor,
    signals: SignalState
  ) throws(SessionError) -> pid_t {
    var kept = [
      image.rawNumber, ticket.file.rawNumber, session.rawNumber, executable.rawNumber,
    ]
    if interpreterNumber >= 0 { kept.append(interpreterNumber) }
    let result = unsafe withArgumentVector { arguments in
      // SAFETY: all that the request points to lives until csession_start returns, and by then
      // the child has memory of its own or has ended.
      unsafe kept.withUnsafeBufferPointer { kept in
        var request = unsafe csession_request(
          image: image.rawNumber, nameLength: name.bytes.count, kept: kept.baseAddress,
          keptCount: kept.count, arguments: arguments, environment: environ,
          mask: signals.mask.rawValue,
          ignoresChild: signals.ignoresChild ? 1 : 0)
        return unsafe csession_start(&request)
      }
    }
    guard result > 0 else { throw .launch(name, Errno(rawValue: -result)) }
    return result
  }

  /// Lends the arguments as execve takes them.
  private func withArgumentVector(
    _ body: (UnsafePointer<UnsafeMutablePointer<CChar>?>) -> Int32
  ) -> Int32 {
    // SAFETY: strdup copies each argument, which withCString ends in NUL; all are freed below.
    var vector = unsafe arguments.map { unsafe $0.withCString { unsafe strdup($0) } }
    unsafe vector.append(nil)
    defer { unsafe vector.forEach { unsafe free($0) } }
    return unsafe vector.withUnsafeBufferPointer { buffer in
      guard let base = buffer.baseAddress else { return -EINVAL }
      return unsafe body(base)
    }
  }
}
