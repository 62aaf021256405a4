// SPDX-License-Identifier: Apache-2.0 WITH Swift-exception
// Following control flow through a file's code.

/// Decodes what can be reached, and marks it.
struct Traversal: ~Copyable {
  let image: Image
  let functions: FunctionTable
  var map: CodeMap
  /// Code with a jump whose targets are not all known, as ranges of offsets in the file.
  private(set) var uncertain: [Range<Int>] = []

  private var decoder: Decoder
  private var tables: JumpTables
  private var work: [Int] = []
  /// Offsets that jump tables seem to lead to.
  private var possible: [Int]
  /// Branches from one function to another.
  private var crossings: [(from: Int, to: Int)] = []
  private var indirectJumps: [Int] = []

  init(_ image: Image, _ map: consuming CodeMap, _ evidence: Evidence) throws(SitesError) {
    let decoder = try Decoder()
    let detailed = try Decoder(details: true)
    self.decoder = decoder
    tables = JumpTables(decoder: detailed)
    self.image = image
    self.map = map
    functions = evidence.functions
    possible = evidence.possibleRoots
    for target in evidence.targets { self.map.insert(.target, at: target) }
    work = evidence.roots
  }

  /// Marks all there is: first what is proven, then what may be code as well.
  mutating func run() {
    var resolved = 0
    repeat {
      drain(isProven: true)
      resolved = resolveTables(from: resolved)
    } while !work.isEmpty
    work = possible
    drain(isProven: false)
    sweep()
    drain(isProven: false)
    // Those that only possible code has count as well.
    _ = resolveTables(from: resolved)
    recheckTables()
    spreadUncertainty()
  }

  /// Gives away the marks, for good.
  mutating func takeMap() -> CodeMap {
    let taken = map
    map = CodeMap()
    return taken
  }

  private mutating func drain(isProven: Bool) {
    while let start = work.popLast() { follow(start, isProven: isProven) }
  }

  /// Decodes from a place to where the flow ends.
  private mutating func follow(_ start: Int, isProven: Bool) {
    guard let region = map.region(start) else { return }
    var function = extent(start, region)
    let base: CodeMap.Mark = isProven ? .proven : []
    var place = start
    while place < region.bytes.upperBound {
      let mark = map[place]
      if mark.contains(.start), mark.contains(.proven) || !isProven { return }
      if mark.contains(.proven), !isProven { return }
      guard
        let instruction = decoder.decode(image.bytes, at: place, end: region.bytes.upperBound)
      else { return }
      let flow = instruction.flow(image.bytes)
      let goesOn = take(flow, instruction, within: function)
      map.cover(
        instruction.start..<instruction.end, goesOn ? base : base.union(.stops))
      if !goesOn { return }
      place = instruction.end
      guard place == function.upperBound else { continue }
      // What lies behind a call that does not return is another function, or data.
      if instruction.mayNotReturn || place == region.bytes.upperBound { return }
      function = extent(place, region)
    }
  }

  /// Notes where an instruction leads to; false if not to the one behind it.
  private mutating func take(
    _ flow: Instruction.Flow, _ instruction: Instruction, within function: Range<Int>
  ) -> Bool {
    switch flow {
    case .next, .indirectCall: return true
    case .branch(let distance):
      branch(instruction, distance, within: function)
      return true
    case .call(let distance):
      enter(instruction, distance)
      return true
    case .jump(let distance):
      branch(instruction, distance, within: function)
      return false
    case .indirectJump:
      indirectJumps.append(instruction.start)
      return false
    case .stop, .unknown: return false
    }
  }

  @discardableResult
  private mutating func enter(_ instruction: Instruction, _ distance: Int) -> Int? {
    let address = map.address(of: instruction.end - 1) &+ 1 &+ UInt64(bitPattern: Int64(distance))
    guard let target = map.offset(of: address) else { return nil }
    map.insert(.target, at: target)
    work.append(target)
    return target
  }

  private mutating func branch(
    _ instruction: Instruction, _ distance: Int, within function: Range<Int>
  ) {
    guard let target = enter(instruction, distance), !function.contains(target) else { return }
    crossings.append((instruction.start, target))
  }

  /// The bytes of the function that holds an offset.
  private func extent(_ offset: Int, _ region: CodeMap.Region) -> Range<Int> {
    let address = map.address(of: offset)
    let whole = region.address..<(region.address + UInt64(region.bytes.count))
    let range = functions.extent(of: address, within: whole)
    let start = region.bytes.lowerBound
    return
      (start + Int(range.lowerBound - region.address))..<(start
      + Int(range.upperBound - region.address))
  }

  private mutating func resolveTables(from first: Int) -> Int {
    for jump in indirectJumps[first...] {
      guard let region = map.region(jump) else { continue }
      let function = extent(jump, region)
      switch tables.find(jump, image, map, function) {
      case .leaves: break
      case .unknown: uncertain.append(function)
      case .table(let proven, let possible):
        for target in proven + possible { map.insert(.target, at: target) }
        work += proven
        self.possible += possible
      }
    }
    return indirectJumps.count
  }

  /// A branch into the instructions that compute a jump was perhaps found after the jump.
  private mutating func recheckTables() {
    for jump in tables.broken(map) {
      guard let region = map.region(jump) else { continue }
      uncertain.append(extent(jump, region))
    }
  }

  /// Takes the rest of each function for code, if it decodes from end to end.
  private mutating func sweep() {
    // Functions may lie in one another; no byte is swept twice.
    var done: UInt64 = 0
    for function in functions.all where function.range.upperBound > done {
      let first = max(done, function.range.lowerBound)
      done = function.range.upperBound
      guard let start = map.offset(of: first) else { continue }
      var place = start
      let end = start + Int(function.range.upperBound - first)
      while place < end {
        guard map[place].isDisjoint(with: .covered) else {
          place += 1
          continue
        }
        var gapEnd = place + 1
        while gapEnd < end, map[gapEnd].isDisjoint(with: .covered) { gapEnd += 1 }
        if isCode(place..<gapEnd) { work.append(place) }
        place = gapEnd
      }
    }
  }

  private mutating func isCode(_ gap: Range<Int>) -> Bool {
    var place = gap.lowerBound
    var isPadding = true
    while place < gap.upperBound {
      guard let instruction = decoder.decode(image.bytes, at: place, end: gap.upperBound) else {
        return false
      }
      isPadding = isPadding && Padding.isFill(image.bytes, instruction)
      place = instruction.end
    }
    return !isPadding
  }

  /// Parts of one function lie apart; a jump of unknown targets may lead to any of them.
  private mutating func spreadUncertainty() {
    uncertain = Self.merged(uncertain)
    var more: [Range<Int>] = []
    for crossing in crossings {
      guard let from = map.region(crossing.from), let to = map.region(crossing.to) else { continue }
      if isUncertain(crossing.from) { more.append(extent(crossing.to, to)) }
      let isEntry = functions.starts(at: map.address(of: crossing.to))
      if !isEntry, isUncertain(crossing.to) { more.append(extent(crossing.from, from)) }
    }
    uncertain = Self.merged(uncertain + more)
  }

  /// Whether a jump of unknown targets may lead to an offset in the file.
  func isUncertain(_ offset: Int) -> Bool {
    var low = 0
    var high = uncertain.count
    while low < high {
      let middle = (low + high) / 2
      if uncertain[middle].upperBound <= offset { low = middle + 1 } else { high = middle }
    }
    return low < uncertain.count && uncertain[low].contains(offset)
  }

  private static func merged(_ ranges: [Range<Int>]) -> [Range<Int>] {
    var result: [Range<Int>] = []
    for range in ranges.sorted(by: { $0.lowerBound < $1.lowerBound }) where !range.isEmpty {
      if let last = result.last, last.upperBound >= range.lowerBound {
        result[result.count - 1] =
          last.lowerBound..<max(last.upperBound, range.upperBound)
      } else {
        result.append(range)
      }
    }
    return result
  }
}
