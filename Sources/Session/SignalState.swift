// SPDX-License-Identifier: Apache-2.0 WITH Swift-exception
// How signals were set when sysweir was started, which is how the target must find them.

import LinuxABIHosted

/// Mask at start, and those of the signals that matter here that were ignored.
struct SignalState {
  let mask: SignalSet
  let ignored: SignalSet

  /// The signals that the monitor keeps for itself and the target ignores.
  var reservedIgnored: SignalSet { ignored.intersection(.reserved) }
  var ignoresChild: Bool { ignored.contains(.child) }
}
