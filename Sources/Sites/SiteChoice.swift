// SPDX-License-Identifier: Apache-2.0 WITH Swift-exception
// Which sites to show the code of.

/// What follows `--disassemble`.
package enum SiteChoice: Equatable, Sendable {
  case all
  /// The address of a site before relocation, or its offset in the file.
  case place(UInt64)

  /// Reads `all`, or a number, hexadecimal after 0x.
  package init?(_ text: String) {
    if text == "all" {
      self = .all
      return
    }
    let isHex = text.hasPrefix("0x") || text.hasPrefix("0X")
    guard let number = isHex ? UInt64(text.dropFirst(2), radix: 16) : UInt64(text) else {
      return nil
    }
    self = .place(number)
  }

  /// Whether the place is one of a site's own two bytes.
  package func includes(_ site: Site) -> Bool {
    switch self {
    case .all: true
    case .place(let place):
      place &- site.address < UInt64(Site.size) || place &- UInt64(site.offset) < UInt64(Site.size)
    }
  }
}
