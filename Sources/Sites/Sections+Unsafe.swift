// SPDX-License-Identifier: Apache-2.0 WITH Swift-exception
// The section table, read by libelf.

import CLibelf

/// The sections of an ELF file whose header has been checked.
enum Sections {
  /// Reads the table out of a file's bytes.
  ///
  /// libelf checks little of what it is given, so nothing that it says is followed here: offsets
  /// and sizes are the caller's to compare with the file.
  ///
  /// - Source: `elf_memory(3)`, `gelf_getshdr(3)`.
  /// - Throws: `SitesError.library` if libelf refuses the file.
  static func read(_ bytes: [UInt8]) throws(SitesError) -> [RawSection] {
    guard elf_version(UInt32(EV_CURRENT)) != UInt32(EV_NONE) else { throw .library("libelf") }
    var copy = bytes
    // SAFETY: libelf reads within the buffer, whose size it is told, as long as the handle lives,
    // which ends inside the closure; what it gives is copied.
    let sections = unsafe copy.withUnsafeMutableBytes { buffer -> [RawSection]? in
      let start = unsafe buffer.assumingMemoryBound(to: CChar.self).baseAddress
      guard let elf = unsafe elf_memory(start, buffer.count) else { return nil }
      defer { unsafe elf_end(elf) }
      return unsafe all(elf)
    }
    guard let sections else { throw .library("libelf") }
    return sections
  }

  private static func all(_ elf: OpaquePointer) -> [RawSection] {
    var sections: [RawSection] = []
    var names = 0
    // SAFETY: the handle is open, and libelf writes one number.
    guard unsafe elf_getshdrstrndx(elf, &names) == 0 else { return [] }
    // SAFETY: libelf ends the list with nil; each entry lives as long as the handle.
    while let entry = unsafe elf_getscn(elf, sections.count) {
      var header = GElf_Shdr()
      guard unsafe gelf_getshdr(entry, &header) != nil else { break }
      let name = unsafe elf_strptr(elf, names, Int(header.sh_name))
      unsafe sections.append(RawSection(header, name: name.map { unsafe String(cString: $0) }))
    }
    return sections
  }
}

/// A row of the section table, not compared with anything yet.
struct RawSection {
  let name: String
  let type: UInt32
  let flags: UInt64
  let address: UInt64
  let offset: UInt64
  let size: UInt64
  let link: Int

  init(_ header: GElf_Shdr, name: String?) {
    self.name = name ?? ""
    type = header.sh_type
    flags = header.sh_flags
    address = header.sh_addr
    offset = header.sh_offset
    size = header.sh_size
    link = Int(header.sh_link)
  }
}
