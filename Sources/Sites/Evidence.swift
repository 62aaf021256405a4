// SPDX-License-Identifier: Apache-2.0 WITH Swift-exception
// What the tables of a file say about its code, before any of it is decoded.

/// Functions, entries and other places that control comes to.
struct Evidence {
  private(set) var functions = FunctionTable([])
  /// Offsets in the file where instructions start for certain.
  private(set) var roots: [Int] = []
  /// Offsets that are pointed to and may be code or data.
  private(set) var possibleRoots: [Int] = []
  /// Offsets that control may come to, whatever is there.
  private(set) var targets: [Int] = []

  private var found: [FunctionTable.Function] = []

  /// Rows of exception tables that are read in one file.
  private static let rowLimit = 1 << 24

  init(_ image: Image, _ map: CodeMap) throws(SitesError) {
    addFunction(image.entry, 0, "", map)
    try addSymbols(image, map)
    try addFrames(image, map)
    try addGoFunctions(image, map)
    try addArrays(image, map)
    functions = FunctionTable(found)
    found = []
    for target in try Relocations(image).targets { addPointer(target, map) }
  }

  private mutating func addFunction(
    _ address: UInt64, _ size: UInt64, _ name: String, _ map: CodeMap
  ) {
    guard let offset = map.offset(of: address), let region = map.region(offset) else { return }
    roots.append(offset)
    targets.append(offset)
    let room = UInt64(region.bytes.upperBound - offset)
    found.append(
      FunctionTable.Function(range: address..<(address + min(size, room)), name: name))
  }

  private mutating func addSymbols(_ image: Image, _ map: CodeMap) throws(SitesError) {
    var rows: [SymbolRow] = []
    for section in image.sections
    where section.type == .symbols || section.type == .dynamicSymbols {
      try image.symbols(section) { row in
        if row.isAddress, row.address != 0 { rows.append(row) }
      }
    }
    for row in rows {
      if row.isFunction {
        addFunction(row.address, row.size, row.name, map)
      } else if let offset = map.offset(of: row.address) {
        targets.append(offset)
      }
    }
  }

  private mutating func addFrames(_ image: Image, _ map: CodeMap) throws(SitesError) {
    guard let section = image.section(".eh_frame"), section.isLoaded else { return }
    let frames = try FrameTable(image, section)
    for range in frames.functions {
      addFunction(range.lowerBound, range.upperBound - range.lowerBound, "", map)
    }
    var budget = Self.rowLimit
    for entry in frames.exceptionTables {
      guard
        let pads = ExceptionTable.landingPads(
          image, at: entry.table, function: entry.function, budget: &budget)
      else {
        throw .damaged(
          place: "exception table", offset: image.offset(of: entry.table) ?? 0,
          expected: "a whole call-site table at 0x\(String(entry.table, radix: 16))",
          found: image.offset(of: entry.table) == nil ? "no bytes" : "another form")
      }
      for pad in pads {
        guard let offset = map.offset(of: pad) else { continue }
        roots.append(offset)
        targets.append(offset)
      }
    }
  }

  private mutating func addGoFunctions(_ image: Image, _ map: CodeMap) throws(SitesError) {
    for name in GoTable.sectionNames {
      guard let section = image.section(name) else { continue }
      let table = try GoTable(image, section)
      let ends = table.functions.dropFirst().map(\.start) + [table.end]
      for (function, end) in zip(table.functions, ends) where end >= function.start {
        addFunction(function.start, end - function.start, function.name, map)
      }
    }
  }

  /// Arrays of functions to call at start and end, and the code sections that are called so.
  private mutating func addArrays(_ image: Image, _ map: CodeMap) throws(SitesError) {
    for section in image.sections where section.isLoaded {
      if [".init", ".fini"].contains(section.name) { addFunction(section.address, 0, "", map) }
      guard SectionType.functionArrays.contains(section.type) else { continue }
      for place in stride(from: section.bytes.lowerBound, to: section.bytes.upperBound - 7, by: 8) {
        addFunction(image.bytes.little(UInt64.self, at: place), 0, "", map)
      }
    }
  }

  private mutating func addPointer(_ address: UInt64, _ map: CodeMap) {
    guard let offset = map.offset(of: address) else { return }
    targets.append(offset)
    // In a function there is code only; elsewhere, data may lie between functions.
    if functions.index(of: address) != nil {
      roots.append(offset)
    } else {
      possibleRoots.append(offset)
    }
  }
}
