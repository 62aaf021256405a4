// SPDX-License-Identifier: Apache-2.0 WITH Swift-exception
// Which function an address is in.

/// The functions of a file, by address.
struct FunctionTable {
  struct Function {
    let range: Range<UInt64>
    let name: String
  }

  /// Sorted by start; of those that start together, the one that says most is kept.
  private(set) var all: [Function] = []

  /// - Parameter functions: In any order; an empty range is one whose end is unknown.
  init(_ functions: [Function]) {
    let sorted = functions.sorted { left, right in
      left.range.lowerBound < right.range.lowerBound
    }
    all.reserveCapacity(sorted.count)
    for function in sorted {
      guard let last = all.last, last.range.lowerBound == function.range.lowerBound else {
        all.append(function)
        continue
      }
      all[all.count - 1] = Function(
        range: last.range.count >= function.range.count ? last.range : function.range,
        name: last.name.isEmpty ? function.name : last.name)
    }
  }

  /// Index of the last function that starts at or before an address.
  func indexBefore(_ address: UInt64) -> Int? {
    var low = 0
    var high = all.count
    while low < high {
      let middle = (low + high) / 2
      if all[middle].range.lowerBound <= address { low = middle + 1 } else { high = middle }
    }
    return low == 0 ? nil : low - 1
  }

  /// Index of a function that is known to hold an address.
  ///
  /// Functions may lie in one another; a few before the address are looked at.
  func index(of address: UInt64) -> Int? {
    guard let last = indexBefore(address) else { return nil }
    for index in stride(from: last, through: max(0, last - 8), by: -1)
    where all[index].range.contains(address) { return index }
    return nil
  }

  /// The addresses of the largest function that is known to hold an address; where none is
  /// known, all between those that are known.
  func extent(of address: UInt64, within region: Range<UInt64>) -> Range<UInt64> {
    let last = indexBefore(address)
    if let known = last.flatMap({ largest(around: address, $0) }) { return known }
    let next = last.map { $0 + 1 } ?? 0
    let upper = next < all.count ? all[next].range.lowerBound : region.upperBound
    guard let last else { return region.lowerBound..<min(upper, region.upperBound) }
    let range = all[last].range
    let lower = range.isEmpty ? range.lowerBound : range.upperBound
    return max(lower, region.lowerBound)..<min(upper, region.upperBound)
  }

  private func largest(around address: UInt64, _ last: Int) -> Range<UInt64>? {
    var largest: Range<UInt64>?
    for index in stride(from: last, through: max(0, last - 8), by: -1)
    where all[index].range.contains(address) {
      let range = all[index].range
      guard let known = largest, known.count >= range.count else {
        largest = range
        continue
      }
    }
    return largest
  }

  /// Whether a function starts at an address.
  func starts(at address: UInt64) -> Bool {
    indexBefore(address).map { all[$0].range.lowerBound == address } ?? false
  }

  /// The name and the distance from its start, for people; nil if nothing is known.
  func label(_ address: UInt64) -> String? {
    guard let index = index(of: address) ?? indexBefore(address).flatMap(unbounded) else {
      return nil
    }
    var function = all[index]
    // A part that only the unwind table knows may lie in a function that has a name.
    if function.name.isEmpty {
      for other in stride(from: index - 1, through: max(0, index - 8), by: -1)
      where !all[other].name.isEmpty && all[other].range.contains(address) {
        function = all[other]
        break
      }
    }
    let distance = address - function.range.lowerBound
    let name =
      function.name.isEmpty
      ? "0x" + String(function.range.lowerBound, radix: 16) : function.name
    return distance == 0 ? name : name + "+0x" + String(distance, radix: 16)
  }

  private func unbounded(_ index: Int) -> Int? { all[index].range.isEmpty ? index : nil }
}
