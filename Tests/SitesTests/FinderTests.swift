// SPDX-License-Identifier: Apache-2.0 WITH Swift-exception
// Sites told from bytes that look like them, and jumps through tables.

import Sites
import Testing

@Suite struct FinderTests {
  @Test func `bytes behind a return are data`() throws {
    let program = try Program("ret", and: ".byte 0x0f, 0x05, 0xc3")
    #expect(program.plan.sites.isEmpty)
    #expect(program.strayCount == 1)
  }

  @Test(arguments: ["mov $0x050f, %eax; ret", "lea 0x80cd(%rdi), %eax; ret"])
  func `bytes within an instruction are no site`(body: String) throws {
    let program = try Program(body)
    #expect(program.plan.sites.isEmpty)
    #expect(program.strayCount == 1)
  }

  @Test func `code that is only branched to is found`() throws {
    let program = try Program("jmp .Lfar", and: ".byte 6; .Lfar: mov $1, %eax; syscall; ret")
    #expect(program.ways == [.prefix])
  }

  @Test func `code that only a pointer leads to may be data`() throws {
    let code = ".byte 6; .Lfar: mov $1, %eax; syscall; ret; .data; .quad .Lfar"
    let program = try Program("ret", and: code)
    #expect(program.plan.sites.isEmpty && program.strayCount == 1)
  }

  @Test func `the unwind entry of a restorer starts a byte before it`() throws {
    // Decoded from there, the first byte would take the next two with it.
    let restorer = """
      .cfi_startproc
      .cfi_signal_frame
      .byte 0x00
      mov $15, %rax
      syscall
      .cfi_endproc
      """
    let program = try Program("ret", and: restorer)
    #expect(program.ways == [.prefix])
    #expect(program.plan.sites.first?.number == 15)
  }

  @Test func `code behind the end of an unwind entry is followed`() throws {
    let body = "mov %rdi, %rsi; .cfi_endproc; mov $435, %eax; syscall; ret; .cfi_startproc; nop"
    #expect(try Program(body).ways == [.prefix])
  }

  @Test func `a site with a prefix is found and left alone`() throws {
    let program = try Program("mov $1, %eax; rex.w; syscall; ret")
    #expect(program.plan.sites.map(\.hindrance) == [.prefixed])
  }

  @Test func `bytes that are decoded in two ways are left alone`() throws {
    // The jump leads into the mov, whose number is an instruction.
    let program = try Program(
      "test %edi, %edi; jz .Lmove + 1; .Lmove: mov $0x90909090, %eax; syscall; ret")
    #expect(program.ways == [.none])
  }

  /// A switch as compilers make it; the site is a case of its own, or follows one.
  static func choice(_ cases: String, compare: String = "cmp $2, %edi; ja .Lout") -> String {
    """
    \(compare)
    lea .Ltable(%rip), %rdx
    movslq (%rdx,%rdi,4), %rax
    add %rdx, %rax
    jmp *%rax
    \(cases)
    .Lout: ret
    .section .rodata
    .p2align 2
    .Ltable: .long .Lone - .Ltable, .Ltwo - .Ltable, .Lthree - .Ltable
    .text
    """
  }

  @Test func `a case of a jump table is found, and is a target`() throws {
    let program = try Program(
      Self.choice(
        """
        .Lone: mov %rsi, %rax
        .Ltwo: syscall
        jmp .Lout
        .Lthree: mov %rsi, %rax
        syscall
        """))
    // The first has a case on it; the second has nothing against it.
    #expect(program.ways == [.none, .before])
  }

  @Test func `a jump whose table is not found forbids to move code`() throws {
    let body = "test %edi, %edi; jz 1f; jmp *%rsi; 1: mov %rdi, %rax; syscall; ret"
    let site = try #require(try Program(body).plan.sites.first)
    #expect(site.way == .none)
    #expect(site.hindrance == .unknownJump)
    let prefixed = "test %edi, %edi; jz 1f; jmp *%rsi; 1: mov $1, %eax; syscall; ret"
    #expect(try Program(prefixed).ways == [.prefix])
  }

  @Test func `a branch to the middle of a jump's preparation makes it unknown`() throws {
    let body = Self.choice(".Lone: .Ltwo: .Lthree: mov %rsi, %rax; syscall; jmp .Lout")
    #expect(try Program(body).ways == [.before])
    let broken = body.replacing("add %rdx, %rax", with: ".Lmiddle: add %rdx, %rax")
      .replacing(".Lout: ret", with: "cmp %esi, %edi; jz .Lmiddle; .Lout: ret")
    #expect(try Program(broken).plan.sites.map(\.hindrance) == [.unknownJump])
  }
}
