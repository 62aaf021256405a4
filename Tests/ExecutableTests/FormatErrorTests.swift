// SPDX-License-Identifier: Apache-2.0 WITH Swift-exception
// What people are told about files that cannot be executed.

import ExecutableHosted
import LinuxABIHosted
import Testing

@Suite struct FormatErrorTests {
  static let reasons = (UInt8.min...UInt8.max).compactMap(FormatError.Reason.init(rawValue:))

  @Test(arguments: Self.reasons)
  func `names the place and ends in advice`(_ reason: FormatError.Reason) throws {
    let error = FormatError(reason, offset: 0x12, expected: 1, found: 3, errno: .noExec)
    #expect(error.description.hasPrefix("offset 0x12: expected "))
    #expect(error.description.contains("found "))
    let advice = try #require(error.description.split(separator: "; ").last)
    #expect(advice.count > 20)
  }

  private static func description(_ change: (inout Image) -> Void) -> String {
    var image = Image()
    change(&image)
    return Reading(of: image.bytes).error?.description ?? ""
  }

  @Test func `says which machine is missing`() {
    #expect(
      Self.description { $0.machine = 3 }
        == "offset 0x12: expected machine 62 (x86-64), found 3 (Intel 80386); a 32-bit x86 "
        + "program: support for the ia32 ABI is missing, use its x86-64 build")
    #expect(
      Self.description { $0.machine = 183 }
        == "offset 0x12: expected machine 62 (x86-64), found 183 (AArch64); a program for another "
        + "machine: an emulator of AArch64 is missing, use its x86-64 build or name the emulator "
        + "in front of it")
    let bigEndian = Self.description {
      $0.machine = UInt16(22).byteSwapped
      $0.identity[5] = 2
    }
    #expect(bigEndian.contains("found 22 (IBM S/390), big-endian; "))
    let unknown = Self.description { $0.machine = 0xfffe }
    #expect(unknown.contains("found 65534 (machine 65534); "))
    let x32 = Self.description {
      $0.identity[4] = 1
      $0.entrySize = 32
    }
    #expect(x32.hasSuffix("support for the x32 ABI is missing, use its x86-64 build"))
  }

  @Test func `shows the bytes of a file of another kind`() {
    let text = Self.description { $0.identity[0...3] = [0x50, 0x4b, 3, 4] }
    #expect(text.contains("expected the bytes 7f 45 4c 46 (ELF), found 50 4b 03 04; "))
  }

  @Test func `says how much is missing`() {
    #expect(Self.description { $0.size = 50 }.contains("offset 0x32: expected 64 bytes, found 50"))
    #expect(Self.description { $0.size = 100 }.contains("offset 0x40: expected 56 bytes, found 36"))
  }
}
