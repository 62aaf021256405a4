// SPDX-License-Identifier: Apache-2.0 WITH Swift-exception
// A section of an ELF file.

/// Where a section is, in the file and in memory.
struct Section: Equatable {
  let name: String
  let type: SectionType
  let isExecutable: Bool
  /// Whether it has a place in memory.
  let isLoaded: Bool
  /// Address in memory, before relocation.
  let address: UInt64
  /// Its bytes in the file; empty if it has none there.
  let bytes: Range<Int>
  /// Index of the section that this one refers to.
  let link: Int
}

/// What a section holds.
struct SectionType: RawRepresentable, Equatable {
  let rawValue: UInt32

  /// The corresponding C constant is `SHT_PROGBITS`.
  static let programData = Self(rawValue: 1)
  /// The corresponding C constant is `SHT_SYMTAB`.
  static let symbols = Self(rawValue: 2)
  /// The corresponding C constant is `SHT_RELA`.
  static let relocations = Self(rawValue: 4)
  /// The corresponding C constant is `SHT_NOTE`.
  static let note = Self(rawValue: 7)
  /// The corresponding C constant is `SHT_NOBITS`.
  static let noBits = Self(rawValue: 8)
  /// The corresponding C constant is `SHT_DYNSYM`.
  static let dynamicSymbols = Self(rawValue: 11)
  /// The corresponding C constants are `SHT_INIT_ARRAY`, `SHT_FINI_ARRAY`, `SHT_PREINIT_ARRAY`.
  static let functionArrays = [Self(rawValue: 14), Self(rawValue: 15), Self(rawValue: 16)]
  /// The corresponding C constant is `SHT_RELR`.
  static let packedRelocations = Self(rawValue: 19)
}
