// SPDX-License-Identifier: Apache-2.0 WITH Swift-exception
// Jumps through tables, as compilers make them of a switch.

/// Finds where indirect jumps lead.
///
///     cmp $8, %edi ; ja elsewhere          lea table(%rip), %rdx
///     movslq (%rdx,%rdi,4), %rax           add %rdx, %rax ; jmp *%rax
///
/// or `jmp *table(,%rdi,8)`, with absolute addresses.
struct JumpTables: ~Copyable {
  enum Result {
    /// A tail call: it leads to another function, and so to its start.
    case leaves
    case unknown
    /// Offsets in the file that the jump leads to, and such that it may lead to.
    case table(proven: [Int], possible: [Int])
  }

  /// What a jump reads its target from.
  private struct Table {
    let address: UInt64
    /// Whether entries are four bytes, counted from the table, or eight bytes of address.
    let isRelative: Bool
    let index: UInt8?
    /// Instruction that no branch may lead behind.
    let first: Int
  }

  private var decoder: Decoder
  /// Instructions from the first that a jump's target hangs on to the jump.
  private var chains: [(starts: [Int], jump: Int)] = []
  /// Steps that are still taken, over all jumps of a file: entries read, instructions looked at.
  private var budget = 1 << 26

  private static let entryLimit = 4096
  private static let lookBack = 32

  init(decoder: consuming Decoder) { self.decoder = decoder }

  /// Where the jump at an offset leads; the instructions before it are marked.
  mutating func find(_ jump: Int, _ image: Image, _ map: CodeMap, _ function: Range<Int>) -> Result
  {
    guard let operation = operation(jump, image, map) else { return .unknown }
    if case .memory(_, nil, _, _) = operation.operand { return .leaves }
    if case .relative = operation.operand { return .leaves }
    budget -= 2 * Self.lookBack
    guard budget > 0 else { return .unknown }
    let before = starts(before: jump, map)
    guard let table = table(operation, jump, before, image, map) else { return .unknown }
    let own = table.first == jump ? [] : [jump]
    chains.append((before.filter { $0 > table.first } + own, jump))
    return read(table, bound(table, before, image, map), image, map, function)
  }

  /// Jumps that a branch leads to in the middle of what computes their target.
  func broken(_ map: CodeMap) -> [Int] {
    chains.filter { $0.starts.contains { map.has([.target, .conflict], at: $0) } }.map(\.jump)
  }

  /// The instructions that lead straight to one, the nearest first.
  private func starts(before place: Int, _ map: CodeMap) -> [Int] {
    var starts: [Int] = []
    var place = place
    while starts.count < Self.lookBack, let before = map.predecessor(place) {
      starts.append(before)
      place = before
    }
    return starts
  }

  private func operation(_ start: Int, _ image: Image, _ map: CodeMap) -> Operation? {
    Operation(image.bytes, start..<map.end(start))
  }

  private mutating func table(
    _ jump: Operation, _ place: Int, _ before: [Int], _ image: Image, _ map: CodeMap
  ) -> Table? {
    switch jump.operand {
    case .memory(nil, let index, 8, let distance):
      return Table(
        address: UInt64(bitPattern: Int64(distance)), isRelative: false, index: index,
        first: place)
    case .memory(.some(let base), let index, 8, 0):
      guard let load = load(of: base, before[...], image, map) else { return nil }
      return Table(address: load.address, isRelative: false, index: index, first: load.place)
    case .register(let target):
      return table(loadedTo: target, before, image, map)
    default: return nil
    }
  }

  /// The table whose entry was made into an address in a register.
  private mutating func table(
    loadedTo target: UInt8, _ before: [Int], _ image: Image, _ map: CodeMap
  ) -> Table? {
    guard let sum = writer(of: target, before[...], image, map) else { return nil }
    guard let add = operation(before[sum], image, map) else { return nil }
    // A move of an absolute entry.
    if add.opcode == 0x8b, case .memory(nil, let index, 8, let distance) = add.operand {
      return Table(
        address: UInt64(bitPattern: Int64(distance)), isRelative: false, index: index,
        first: before[sum])
    }
    guard add.isWide, case .register(let second) = add.operand else { return nil }
    let other: UInt8
    switch add.opcode {
    case 0x01: other = add.register
    case 0x03: other = second
    default: return nil
    }
    let rest = before[(sum + 1)...]
    for (entry, base) in [(target, other), (other, target)] where entry != base {
      guard let read = writer(of: entry, rest, image, map),
        let move = operation(before[read], image, map), move.opcode == 0x63, move.isWide,
        case .memory(.some(base), let index, 4, 0) = move.operand,
        let load = load(of: base, rest, image, map), load.place < before[read]
      else { continue }
      return Table(address: load.address, isRelative: true, index: index, first: load.place)
    }
    return nil
  }

  /// Index of the last instruction that writes a register.
  private mutating func writer(
    of register: UInt8, _ before: ArraySlice<Int>, _ image: Image, _ map: CodeMap
  ) -> Int? {
    for index in before.indices {
      guard
        let effects = decoder.effects(
          image.bytes, at: before[index], end: map.end(before[index]))
      else { return nil }
      if effects.writes(register) { return index }
      // A call returns with most registers changed.
      if effects.isCall { return nil }
    }
    return nil
  }

  /// The address that `lea` put into a register, if nothing has changed it since.
  private mutating func load(
    of register: UInt8, _ before: ArraySlice<Int>, _ image: Image, _ map: CodeMap
  ) -> (address: UInt64, place: Int)? {
    guard let index = writer(of: register, before, image, map),
      let lea = operation(before[index], image, map), lea.opcode == 0x8d, lea.isWide,
      case .relative(let distance) = lea.operand
    else { return nil }
    let end = map.address(of: before[index]) + UInt64(map.end(before[index]) - before[index])
    return (end &+ UInt64(bitPattern: Int64(distance)), before[index])
  }

  /// The largest index, if a comparison right before shows it.
  private mutating func bound(
    _ table: Table, _ before: [Int], _ image: Image, _ map: CodeMap
  ) -> Int? {
    guard var index = table.index else { return nil }
    for (number, start) in before.enumerated() {
      let operation = operation(start, image, map)
      let next = number == 0 ? nil : self.operation(before[number - 1], image, map)
      if let operation, let next, operation.compares(index), next.branchesIfAbove {
        return operation.immediate
      }
      // Who comes here has not been compared.
      if map.has([.target, .conflict], at: start) { return nil }
      if let source = operation?.source(movedTo: index) {
        index = source
      } else if decoder.effects(image.bytes, at: start, end: map.end(start))?.writes(index)
        != false, operation.map({ isEntryRead($0, index) }) != true
      {
        return nil
      }
    }
    return nil
  }

  /// The entry may take the place of the index; what was there before is what counts.
  private func isEntryRead(_ operation: Operation, _ index: UInt8) -> Bool {
    if operation.opcode == 0x01 { return operation.operand == .register(index) }
    guard operation.opcode == 0x63 || operation.opcode == 0x03 else { return false }
    return operation.register == index
  }

  private mutating func read(
    _ table: Table, _ bound: Int?, _ image: Image, _ map: CodeMap, _ function: Range<Int>
  ) -> Result {
    guard let bytes = image.bytes(from: table.address) else { return .unknown }
    var cursor = Cursor(image.bytes, bytes)
    var proven: [Int] = []
    var possible: [Int] = []
    for index in 0..<Self.entryLimit {
      budget -= 1
      guard budget > 0 else { return .unknown }
      let isSure = bound.map { index <= $0 } ?? false
      guard let address = entry(&cursor, table), let target = map.offset(of: address) else {
        if isSure { return .unknown }
        break
      }
      if isSure {
        proven.append(target)
      } else if function.contains(target) {
        possible.append(target)
      } else {
        break
      }
    }
    return proven.isEmpty && possible.isEmpty
      ? .unknown : .table(proven: proven, possible: possible)
  }

  private func entry(_ cursor: inout Cursor, _ table: Table) -> UInt64? {
    guard table.isRelative else { return cursor.number(UInt64.self) }
    return cursor.number(Int32.self).map { table.address &+ UInt64(bitPattern: Int64($0)) }
  }
}
