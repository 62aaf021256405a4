// SPDX-License-Identifier: Apache-2.0 WITH Swift-exception
// Rows of session memory: Swift's arithmetic against C's structures.

import CLayout
import EventLogHosted
import Testing

@Suite struct SessionLayoutTests {
  @Test func `rows have the size of the structures`() {
    #expect(MemoryLayout<sw_process>.size == Int(SessionLayout.rowSize))
    #expect(MemoryLayout<sw_tally>.size == Int(SessionLayout.rowSize))
    #expect(MemoryLayout<sw_process>.offset(of: \.calls) == Int(SessionLayout.countersOffset))
    #expect(MemoryLayout<sw_tally>.offset(of: \.calls) == Int(SessionLayout.countersOffset))
  }

  @Test func `fields that are reached by address are where C says`() {
    #expect(MemoryLayout<sw_session>.offset(of: \.warned) == SW_SESSION_WARNED)
    #expect(MemoryLayout<sw_session>.offset(of: \.attended) == SW_SESSION_ATTENDED)
    #expect(MemoryLayout<sw_session>.offset(of: \.owner) == SW_SESSION_OWNER)
    #expect(MemoryLayout<sw_session>.offset(of: \.nextProcess) == SW_SESSION_NEXT_PROCESS)
    #expect(MemoryLayout<sw_session>.offset(of: \.nextTally) == SW_SESSION_NEXT_TALLY)
    #expect(MemoryLayout<sw_session>.offset(of: \.fault) == SW_SESSION_FAULT)
    #expect(MemoryLayout<sw_process>.offset(of: \.claimed) == 8)
    #expect(MemoryLayout<sw_process>.offset(of: \.name) == 16)
    #expect(MemoryLayout<sw_tally>.offset(of: \.process) == 4)
    #expect(MemoryLayout<sw_ticket_head>.size == Int(SW_TICKET_NAME))
  }

  @Test func `tables follow each other without gap or overlap`() {
    #expect(SessionLayout.process(0) == UInt64(SW_PROCESSES_OFFSET))
    #expect(SessionLayout.process(SW_PROCESS_ROWS) == SessionLayout.tally(0))
    #expect(SessionLayout.tally(SW_TALLY_ROWS) == SessionLayout.ticket(row: 0))
    #expect(SessionLayout.ticket(row: SW_TICKET_ROWS) == SessionLayout.imageOffset)
    #expect(SessionLayout.imageOffset % 4096 == 0)
    #expect(MemoryLayout<sw_session>.size <= Int(SW_PROCESSES_OFFSET))
  }

  @Test func `every way and kind has a counter of its own, inside its row`() {
    var seen: Set<UInt64> = []
    for way in [CallWay.trap, .seccomp, .rewritten] {
      for kind in [CallKind.issued, .answered, .i386, .unknown] {
        let offset = SessionLayout.counter(way, kind)
        #expect(offset + 8 <= SessionLayout.rowSize)
        #expect(offset >= SessionLayout.countersOffset)
        seen.insert(offset)
      }
    }
    #expect(seen.count == SessionLayout.counters)
  }
}
