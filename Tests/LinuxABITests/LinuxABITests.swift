// SPDX-License-Identifier: Apache-2.0 WITH Swift-exception
// Values of the kernel, against the headers of the machine.

import Glibc
import LinuxABIHosted
import Testing

@Suite struct LinuxABITests {
  @Test(arguments: [-1, -14, -38, -4095])
  func `a small negative result is an error`(result: Int) {
    #expect(LinuxABIHosted.Errno(result: result)?.rawValue == Int32(-result))
    #expect(LinuxABIHosted.Errno(result: result)?.result == result)
  }

  @Test(arguments: [0, 1, -4096, Int.min, Int.max])
  func `any other result is none`(result: Int) {
    #expect(LinuxABIHosted.Errno(result: result) == nil)
  }

  @Test(arguments: [Int32.min, -1, 0, 65, .max])
  func `what is no signal number makes no signal`(number: Int32) {
    #expect(SignalNumber(rawValue: number) == nil)
  }

  @Test func `sets hold what they were made of`() throws {
    for number in Int32(1)...64 {
      let signal = try #require(SignalNumber(rawValue: number))
      #expect(SignalSet(signal).rawValue == 1 << UInt64(number - 1))
      #expect(SignalSet.all.contains(signal))
      let isReserved = number == SIGSYS || number == SIGSEGV || number == SIGBUS
      #expect(SignalSet.reserved.contains(signal) == isReserved)
    }
  }

  @Test func `errors have the numbers of the headers`() {
    #expect(LinuxABIHosted.Errno.noExec.rawValue == ENOEXEC)
    #expect(LinuxABIHosted.Errno.badLibrary.rawValue == ELIBBAD)
    #expect(LinuxABIHosted.Errno.tooManyLinks.rawValue == ELOOP)
    #expect(LinuxABIHosted.Errno.textBusy.rawValue == ETXTBSY)
    #expect(LinuxABIHosted.Errno.nameTooLong.rawValue == ENAMETOOLONG)
  }

  @Test(arguments: [0, 334, 424, 435, 469])
  func `numbers of this kernel are known`(number: UInt64) {
    #expect(SyscallNumber(rawValue: number).isKnown)
  }

  @Test(arguments: [335, 423, 470, 9999, 0x4000_0027, UInt64(UInt32.max)])
  func `holes in the table, x32 and nonsense are unknown`(number: UInt64) {
    #expect(!SyscallNumber(rawValue: number).isKnown)
  }

  @Test func `pages round as the kernel rounds`() {
    #expect(Page.up(0) == 0)
    #expect(Page.up(1) == 4096)
    #expect(Page.up(4096) == 4096)
    #expect(Page.up(.max) == 0)
    #expect(Page.down(4097) == 4096)
  }
}
