// SPDX-License-Identifier: Apache-2.0 WITH Swift-exception
// The functions that assembly and C call: each turns its pointers into values at once.

internal import CShim
internal import LinuxABI

/// A trapped or rewritten call; see entry.S.
@c(sw_dispatch)
func dispatchEntry(_ thread: UnsafeMutablePointer<sw_thread>) -> Int32 {
  // SAFETY: entry.S passes the record of the running thread.
  unsafe dispatch(&thread.pointee).rawValue
}

/// What is left to do after a call; see entry.S.
@c(sw_finish)
func finishEntry(_ thread: UnsafeMutablePointer<sw_thread>) {
  // SAFETY: as above.
  unsafe finish(&thread.pointee)
}

/// The end of a section in which signals were blocked; see entry.S.
@c(sw_unblock)
func unblockEntry(_ thread: UnsafeMutablePointer<sw_thread>) {
  // SAFETY: as above.
  unsafe thread.pointee.leaveBlocked()
}

/// The first code of a child; see entry.S.
@c(sw_start_child)
func startChildEntry(_ thread: UnsafeMutablePointer<sw_thread>) {
  // SAFETY: as above; the record is the child's.
  unsafe startChild(&thread.pointee)
}

/// Every signal that is not a trap.
@c(sw_on_signal)
func signalEntry(
  _ signal: Int32, _ info: UnsafeMutablePointer<sw_siginfo>,
  _ context: UnsafeMutablePointer<sw_ucontext>
) {
  let area = UInt(bitPattern: context) & ~UInt(SW_AREA_SIZE - 1)
  guard let number = SignalNumber(rawValue: signal),
    let thread = unsafe UnsafeMutablePointer<sw_thread>(bitPattern: area + UInt(SW_AREA_RECORD))
  else { return }
  // SAFETY: the kernel delivers signals on the stack of the thread's area only, so the record is
  // found by rounding; info and context are the frame it has just written there.
  unsafe receive(number, info.pointee, &context.pointee, &thread.pointee)
}

/// The code of the monitor's own thread; see sites.h.
@c(sw_assistant)
func assistantEntry(_ argument: UInt64) {
  Assistant.perform()
}
