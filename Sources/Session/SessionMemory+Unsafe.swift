// SPDX-License-Identifier: Apache-2.0 WITH Swift-exception
// The mapping of session memory, and every access to what targets write at the same time.

import CLayout
import CSession
import EventLogHosted
import Glibc
import LinuxABIHosted
import Synchronization

/// The session's memory, mapped and held for as long as the supervisor watches.
@safe struct SessionMemory: ~Copyable {
  let file: Descriptor
  private let base: UnsafeMutableRawPointer
  private let length: Int

  /// Maps the first part of the file: header and rows, not the image.
  init(mapping file: consuming Descriptor, length: Int) throws(Errno) {
    // SAFETY: the kernel chooses the address; the file has at least `length` bytes and is never
    // made smaller by this process. A target that does so ends this process by SIGBUS, no more.
    let address = unsafe mmap(
      nil, length, PROT_READ | PROT_WRITE, MAP_SHARED, file.rawNumber, 0)
    guard let address = unsafe address, unsafe address != MAP_FAILED else { throw .current }
    unsafe self.base = address
    self.length = length
    self.file = file
  }

  deinit {
    // SAFETY: the mapping is this owner's, and no pointer into it has left it.
    _ = unsafe munmap(base, length)
  }

  private var header: UnsafeMutablePointer<sw_session> {
    // SAFETY: the mapping starts with the header, on a page; CLayout asserts that it fits.
    unsafe base.assumingMemoryBound(to: sw_session.self)
  }

  /// Lends the header before any target exists, or for fields that targets do not write.
  func describe(_ body: (inout sw_session) -> Void) {
    // SAFETY: as `header`; the caller keeps to fields that nobody else writes.
    unsafe body(&header.pointee)
  }

  /// Where the next free rows are likely, as targets keep it.
  var hints: (process: UInt32, tally: UInt32) {
    // SAFETY: as `header`; a stale value only makes a search longer or shorter by new rows.
    unsafe (header.pointee.nextProcess, header.pointee.nextTally)
  }

  var departed: UInt32 {
    // SAFETY: as `header`; a number that only people read.
    unsafe header.pointee.departed
  }

  var fault: sw_fault {
    // SAFETY: as `header`; read when the process that wrote it has ended.
    unsafe header.pointee.fault
  }

  func claimProcess(_ index: Int) {
    // SAFETY: the index is a constant below SW_PROCESS_ROWS, and no target exists yet.
    unsafe process(index).pointee.claimed = 1
  }

  private func process(_ index: Int) -> UnsafeMutablePointer<sw_process> {
    // SAFETY: callers keep to 0..<SW_PROCESS_ROWS; rows start at a multiple of their alignment.
    unsafe (base + Int(SessionLayout.process(0)))
      .assumingMemoryBound(to: sw_process.self) + index
  }

  private func tally(_ index: Int) -> UnsafeMutablePointer<sw_tally> {
    // SAFETY: callers keep to 0..<SW_TALLY_ROWS; rows start at a multiple of their alignment.
    unsafe (base + Int(SessionLayout.tally(0))).assumingMemoryBound(to: sw_tally.self) + index
  }

  /// A process row as it is now; counters of live processes may be a moment apart.
  func processRow(_ index: Int) -> sw_process {
    precondition((0..<Int(SW_PROCESS_ROWS)).contains(index))
    // SAFETY: bounds are checked above; a torn read of a counter cannot happen on x86-64.
    return unsafe process(index).pointee
  }

  /// A thread row as it is now.
  func tallyRow(_ index: Int) -> sw_tally {
    precondition((0..<Int(SW_TALLY_ROWS)).contains(index))
    // SAFETY: bounds are checked above; a torn read of a counter cannot happen on x86-64.
    return unsafe tally(index).pointee
  }

  /// Tells targets that the supervisor is about to end in good order.
  func leave() {
    // SAFETY: the field is a 32-bit word at its natural alignment. Released so that a target that
    // reads 0 sees what was written before; pairs with the monitor's read of `attended`.
    let offset = MemoryLayout<sw_session>.offset(of: \.attended) ?? 0
    unsafe (base + offset).assumingMemoryBound(to: Atomic<UInt32>.self).pointee
      .store(0, ordering: .releasing)
  }

  /// Has the kernel mark the session as orphaned if the calling thread ends before `release`.
  func hold() throws(Errno) -> Ownership {
    // SAFETY: the word lies in the mapping, which the caller keeps until it releases the hold.
    var claim = unsafe csession_claim()
    let result = unsafe csession_hold(&claim, header.pointer(to: \.owner))
    if result < 0 { throw Errno(rawValue: -result) }
    return unsafe Ownership(claim: claim)
  }
}

/// What the calling thread gives back when it no longer supervises.
@safe struct Ownership: ~Copyable {
  private var claim: csession_claim

  fileprivate init(claim: csession_claim) { unsafe self.claim = claim }

  /// To be called by the thread that took the hold, while the memory is mapped.
  consuming func release() {
    // SAFETY: the hold is the one that csession_hold filled in this thread.
    unsafe csession_release(&claim)
  }
}
