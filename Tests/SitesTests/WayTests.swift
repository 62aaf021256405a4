// SPDX-License-Identifier: Apache-2.0 WITH Swift-exception
// Each way where it is safe, and not where it is not.

import Sites
import Testing

@Suite struct WayTests {
  @Test(arguments: [("mov $39, %eax", 5), ("mov $39, %rax", 7)])
  func `a mov of the number becomes the jump`(move: String, size: Int) throws {
    let site = try #require(try Program("\(move); syscall; ret").plan.sites.first)
    #expect(site.way == .prefix)
    #expect(site.number == 39)
    #expect(site.before == size)
    #expect(site.original.suffix(2) == [0x0f, 0x05])
    #expect(site.boundaries == [0, size])
  }

  @Test func `a branch straight to the site leaves the prefix safe`() throws {
    let program = try Program("test %edi, %edi; jz 1f; mov $39, %eax; 1: syscall; ret")
    #expect(program.ways == [.prefix])
  }

  @Test func `a branch into the mov forbids the prefix`() throws {
    let program = try Program("mov $39, %eax; syscall; ret; jmp _start + 1")
    #expect(program.ways == [.none])
    #expect(program.plan.sites.first?.hindrance == .noWindow)
  }

  @Test func `a branch from code that nothing reaches counts as well`() throws {
    let program = try Program(
      "mov $39, %eax; syscall; ret", and: ".byte 0x06; jmp _start + 1; .byte 0x06")
    #expect(program.ways == [.none])
  }

  @Test func `a short jump reaches dead padding`() throws {
    let site = try #require(try Program("mov %edi, %eax; syscall; ret; .nops 8").plan.sites.first)
    #expect(site.way == .padding)
    #expect(site.padding == 3)
    #expect(site.changed == site.offset..<(site.offset + 2))
  }

  @Test(arguments: [".skip 8, 0xcc", ".skip 8, 0", ".nops 5"])
  func `padding is of nops, traps or zeros`(fill: String) throws {
    #expect(try Program("mov %edi, %eax; syscall; ret; \(fill)").ways == [.padding])
  }

  @Test(arguments: [
    // Fallen into, also from a call that may return.
    "mov %edi, %eax; syscall; call _start; .nops 8; ret",
    "mov %edi, %eax; syscall; jz 1f; .nops 8; 1: ret",
    // Led to.
    "mov %edi, %eax; syscall; ret; .nops 2; .Lin: .nops 2; ret; lea .Lin(%rip), %rax",
    "mov %edi, %eax; syscall; jz .Lin; ret; .Lin: .nops 8; ret",
    // Too short, and not fill.
    "mov %edi, %eax; syscall; ret; .nops 4",
    "mov %edi, %eax; syscall; ret; .byte 0x06, 0x06, 0x06, 0x06, 0x06, 0x06",
    // A jump whose targets are not known may lead there.
    "mov %edi, %eax; syscall; jmp *%rdx; .nops 8",
  ])
  func `padding that may be executed is left alone`(body: String) throws {
    #expect(!(try Program(body).ways.contains(.padding)))
  }

  @Test func `padding that an address in data points to is left alone`() throws {
    let program = try Program(
      "mov %edi, %eax; syscall; ret; .nops 2; .Lin: .nops 5", and: ".data; .quad .Lin + 1")
    #expect(program.ways == [.none])
  }

  @Test func `padding out of a short jump's reach is left alone`() throws {
    let near = try Program("mov %edi, %eax; syscall; ret; .skip 126, 6; ret; .nops 5")
    let far = try Program("mov %edi, %eax; syscall; ret; .skip 200, 6; ret; .nops 5")
    #expect(near.ways == [.none])
    #expect(far.ways == [.none])
    let reached = try Program(
      "mov %edi, %eax; syscall; jz 1f; ret; .skip 120, 6; 1: ret; .nops 5")
    let unreached = try Program(
      "mov %edi, %eax; syscall; jz 1f; ret; .skip 124, 6; 1: ret; .nops 5")
    #expect(reached.ways == [.padding])
    #expect(unreached.ways == [.none])
  }

  @Test func `two sites do not share padding`() throws {
    let two = "mov %edi, %eax; syscall; mov %edi, %eax; syscall; ret;"
    #expect(try Program(two + ".skip 8, 0xcc").ways == [.padding, .none])
    #expect(try Program(two + ".skip 10, 0xcc").ways == [.padding, .padding])
  }

  @Test func `instructions before the site are moved`() throws {
    let site = try #require(try Program("mov %rdi, %rax; syscall; ret").plan.sites.first)
    #expect(site.way == .before)
    #expect(site.before == 3)
    #expect(site.boundaries == [0, 3])
  }

  @Test func `instructions after the site are moved`() throws {
    let site = try #require(try Program("1: syscall; mov %rax, %rdi; jmp 1b").plan.sites.first)
    #expect(site.way == .after)
    #expect(site.after == 3)
  }

  @Test func `instructions on both sides are moved if one side has too few`() throws {
    let site = try #require(
      try Program("push %rdi; inc %ecx; syscall; cld; ret").plan.sites.first)
    #expect(site.way == .around)
    #expect(site.before == 2)
    #expect(site.after == 1)
  }

  @Test(arguments: [
    "test %edi, %edi; jz 1f; mov %rdi, %rax; 1: syscall; ret",
    "mov 8(%rsp), %eax; syscall; ret",
    "mov _start(%rip), %eax; syscall; ret",
    "call 1f; 1: syscall; ret",
    "endbr64; syscall; ret",
    "1: syscall; cld; .Lin: mov %rax, %rdi; cmp %eax, .Lin(%rip); jmp 1b",
    "pushf; popf; syscall; push %rax; push %rax; push %rax; ret",
  ])
  func `what cannot be moved, or is led to, stays`(body: String) throws {
    #expect(try Program(body).ways == [.none])
  }

  @Test func `a landing pad of an exception is a target`() throws {
    let table = """
      .section .gcc_except_table, "a", @progbits
      .Ltable: .byte 0xff, 0xff, 1, .Lend - .Lrows
      .Lrows: .uleb128 0, 1, .Lpad - _start, 0
      .Lend:
      """
    let body = ".cfi_lsda 0x1b, .Ltable; ret; mov %rdi, %rax; .Lpad: syscall; ret"
    #expect(try Program(body, and: table).ways == [.none])
  }

  @Test func `sysenter is never rewritten`() throws {
    let plan = try Program("mov $39, %eax; sysenter; ret").plan
    #expect(plan.sites.map(\.kind) == [.sysenter])
    #expect(plan.sites.map(\.hindrance) == [.sysenter])
  }

  @Test func `the 32-bit call is a site as well`() throws {
    let plan = try Program("mov $20, %eax; int $0x80; ret").plan
    #expect(plan.sites.map(\.kind) == [.int80])
    #expect(plan.sites.map(\.way) == [.prefix])
  }

  @Test func `a window on two pages says so`() throws {
    let across = try Program("jmp 1f; .org _start + 0xffc, 6; 1: mov %rdi, %rax; syscall; ret")
    let within = try Program("jmp 1f; .org _start + 0xf00, 6; 1: mov %rdi, %rax; syscall; ret")
    #expect(across.ways == [.before] && within.ways == [.before])
    #expect(across.plan.sites.map(\.crossesPage) == [true])
    #expect(across.plan.sites.map(\.crossesLine) == [true])
    #expect(within.plan.sites.map(\.crossesPage) == [false])
  }
}
