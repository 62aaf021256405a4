// SPDX-License-Identifier: Apache-2.0 WITH Swift-exception
// Fields of the rows of session memory that Swift sees as tuples.

import CLayout

extension sw_process {
  var counts: CallCounts {
    // SAFETY: the field is an array of C, whose bytes are lent for the call.
    CallCounts(
      unsafe withUnsafeBytes(of: calls) { unsafe Array($0.bindMemory(to: UInt64.self)) })
  }

  /// The name, which targets may have filled with anything.
  var text: String {
    // SAFETY: as in `counts`.
    let bytes = unsafe withUnsafeBytes(of: name) { unsafe Array($0) }
    return NativeString(bytes).printable
  }
}

extension sw_tally {
  var counts: CallCounts {
    // SAFETY: the field is an array of C, whose bytes are lent for the call.
    CallCounts(
      unsafe withUnsafeBytes(of: calls) { unsafe Array($0.bindMemory(to: UInt64.self)) })
  }
}
