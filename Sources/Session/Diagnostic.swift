// SPDX-License-Identifier: Apache-2.0 WITH Swift-exception
// What sysweir itself has to say, on standard error.

import Glibc

/// Messages to the user, each a line that begins with the program's name.
package enum Diagnostic {
  package static func print(_ message: String) { write("sysweir: \(message)\n") }

  /// Writes text as it is, in as few calls as possible so that lines stay whole.
  package static func write(_ text: String) { text.writeAll(to: STDERR_FILENO) }
}
