// SPDX-License-Identifier: Apache-2.0 WITH Swift-exception
// Noticing that a stopped child goes on while this process is stopped as well.

import CSession

/// A process that sends SIGCONT to this one when a child is no longer stopped.
struct StopWatch: ~Copyable {
  /// Negative if none could be made; then a shell's SIGCONT still continues both.
  private let process: Int32

  init(of child: Child) { process = csession_start_watch(child.process) }

  consuming func end() {
    if process > 0 { csession_end_watch(process) }
  }
}
