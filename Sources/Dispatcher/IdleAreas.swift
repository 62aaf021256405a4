// SPDX-License-Identifier: Apache-2.0 WITH Swift-exception
// Areas that may be used again, in a list that threads can join on their way out.

package import CShim
package import LinuxABI

/// A stack of areas. Adding takes no lock, since a thread that leaves may not be able to wait;
/// taking happens under the lock of the areas, so that no area leaves the list behind a taker's
/// back.
enum IdleAreas {
  /// How far to look for an area whose thread is really gone; those at the front are the last that
  /// said they would leave.
  private static var reach: Int { 16 }

  private static var head: TargetAddress { Monitor.with { TargetMemory.address(of: &$0.idle) } }

  static func add(_ thread: inout ThreadRecord) {
    repeat {
      thread.nextIdle = OwnMemory.word(at: head)
    } while !Atomic.exchangeWord(head, from: thread.nextIdle, to: thread.address)
  }

  static func take() -> ThreadArea? {
    var previous: UInt64 = 0
    var next = OwnMemory.word(at: head)
    for _ in 0..<reach {
      guard next != 0 else { return nil }
      let area = ThreadArea(record: TargetAddress(next))
      let following = ThreadRecord.at(area.record) { $0.nextIdle } ?? 0
      if ThreadRecord.at(area.record, { area.isFree($0) }) == true {
        remove(next, after: previous, before: following)
        _ = ThreadRecord.at(area.record) { area.clear(&$0) }
        return area
      }
      previous = next
      next = following
    }
    return nil
  }

  private static func remove(_ area: UInt64, after previous: UInt64, before following: UInt64) {
    if previous == 0, Atomic.exchangeWord(head, from: area, to: following) { return }
    // Others were added in front meanwhile: the one before is somewhere behind the new head.
    var next = previous == 0 ? OwnMemory.word(at: head) : previous
    while next != 0 {
      let found = ThreadRecord.at(TargetAddress(next)) { thread in
        if thread.nextIdle == area { thread.nextIdle = following }
        return thread.nextIdle
      }
      guard let found, found != following else { return }
      next = found
    }
  }
}
