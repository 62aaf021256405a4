// SPDX-License-Identifier: Apache-2.0 WITH Swift-exception
// Makes one call between two markers, with known values in every register that must be kept.

  .bss
  .globl call_arguments, call_result, call_stack, call_after, call_vectors
  .balign 64
call_arguments: .skip 56
call_result:    .skip 8
call_stack:     .skip 8
/// rbx rbp r12 r13 r14 r15 rdi rsi rdx r10 r8 r9 rcx r11 flags
call_after:     .skip 120
  .balign 64
call_vectors:   .skip 256
/// The red zone behind the call.
  .globl call_zone
call_zone:      .skip 128
saved:          .skip 64

  .section .rodata
  .globl call_kept, call_flags, call_pattern
  .balign 64
call_pattern:
  .set i, 0
  .rept 32
  .quad 0x1122334455660000 + i
  .set i, i + 1
  .endr
call_kept: .quad 0xb0b0b0b0b0b0b0b0, 0xb1b1b1b1b1b1b1b1, 0x1212121212121212
  .quad 0x1313131313131313, 0x1414141414141414, 0x1515151515151515
/// CF PF ZF SF DF OF, and IF, which always is.
call_flags: .quad 0xec7

  .text
  .macro SAVE
  mov   %rbx, saved+0(%rip)
  mov   %rbp, saved+8(%rip)
  mov   %r12, saved+16(%rip)
  mov   %r13, saved+24(%rip)
  mov   %r14, saved+32(%rip)
  mov   %r15, saved+40(%rip)
  mov   %rsp, call_stack(%rip)
  .set i, 0
  .rept 16
  movq  call_pattern+8*i(%rip), %rax
  movq  %rax, -128+8*i(%rsp)
  .set i, i + 1
  .endr
  .irp n, 0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15
  movdqa call_pattern+16*\n(%rip), %xmm\n
  .endr
  mov   call_kept+0(%rip), %rbx
  mov   call_kept+8(%rip), %rbp
  mov   call_kept+16(%rip), %r12
  mov   call_kept+24(%rip), %r13
  mov   call_kept+32(%rip), %r14
  mov   call_kept+40(%rip), %r15
  .endm

// The flags are loaded without touching the red zone.
  .macro SET_FLAGS
  lea   -256(%rsp), %rsp
  pushq call_flags(%rip)
  popfq
  lea   256(%rsp), %rsp
  .endm

  .macro LOAD
  mov   call_arguments+0(%rip), %rax
  mov   call_arguments+8(%rip), %rdi
  mov   call_arguments+16(%rip), %rsi
  mov   call_arguments+24(%rip), %rdx
  mov   call_arguments+32(%rip), %r10
  mov   call_arguments+40(%rip), %r8
  mov   call_arguments+48(%rip), %r9
  .endm

  .macro KEEP
  mov   %rax, call_result(%rip)
  mov   %rbx, call_after+0(%rip)
  mov   %rbp, call_after+8(%rip)
  mov   %r12, call_after+16(%rip)
  mov   %r13, call_after+24(%rip)
  mov   %r14, call_after+32(%rip)
  mov   %r15, call_after+40(%rip)
  mov   %rdi, call_after+48(%rip)
  mov   %rsi, call_after+56(%rip)
  mov   %rdx, call_after+64(%rip)
  mov   %r10, call_after+72(%rip)
  mov   %r8, call_after+80(%rip)
  mov   %r9, call_after+88(%rip)
  mov   %rcx, call_after+96(%rip)
  mov   %r11, call_after+104(%rip)
  lea   -256(%rsp), %rsp
  pushfq
  popq  call_after+112(%rip)
  lea   256(%rsp), %rsp
  cld
  .irp n, 0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15
  movdqa %xmm\n, call_vectors+16*\n(%rip)
  .endr
  .set i, 0
  .rept 16
  movq  -128+8*i(%rsp), %rax
  movq  %rax, call_zone+8*i(%rip)
  .set i, i + 1
  .endr
  .endm

  .macro RESTORE
  mov   saved+0(%rip), %rbx
  mov   saved+8(%rip), %rbp
  mov   saved+16(%rip), %r12
  mov   saved+24(%rip), %r13
  mov   saved+32(%rip), %r14
  mov   saved+40(%rip), %r15
  ret
  .endm

// void call_plain(void)
  .globl call_plain, plain_site, plain_after, plain_end
call_plain:
  SAVE
  LOAD
  SET_FLAGS
  int3
// A move of the call's number to eax, once the victim knows that.
  .globl plain_move
plain_move:
  .byte 0x0f, 0x1f, 0x44, 0x00, 0x00
plain_site:
  syscall
plain_after:
  int3
plain_end:
  KEEP
  RESTORE

// void call_child(void): the child goes no further than its marker; the thread ends.
  .globl call_child, child_site, child_after, child_end
call_child:
  SAVE
  LOAD
  SET_FLAGS
  int3
child_site:
  syscall
child_after:
  int3
child_end:
  lea   -256(%rsp), %rsp
  pushfq
  popq  %rcx
  lea   256(%rsp), %rsp
  test  %rax, %rax
  jnz   2f
  mov   $60, %eax
  mov   $9, %edi
  syscall
  ud2
2:
  lea   -256(%rsp), %rsp
  push  %rcx
  popfq
  lea   256(%rsp), %rsp
  KEEP
  RESTORE

// void call_i386(void): as call_plain, by int $0x80.
  .globl call_i386, i386_site, i386_after, i386_end
call_i386:
  SAVE
  mov   call_arguments+0(%rip), %rax
  mov   call_arguments+8(%rip), %rbx
  mov   call_arguments+16(%rip), %rcx
  mov   call_arguments+24(%rip), %rdx
  mov   call_arguments+32(%rip), %rsi
  mov   call_arguments+40(%rip), %rdi
  mov   call_arguments+48(%rip), %rbp
  mov   call_pattern+8(%rip), %r8
  mov   call_pattern+16(%rip), %r9
  mov   call_pattern+24(%rip), %r10
  mov   call_pattern+32(%rip), %r11
  SET_FLAGS
  int3
i386_site:
  int   $0x80
i386_after:
  int3
i386_end:
  KEEP
  RESTORE

// void call_vsyscall(void): a call of the vsyscall page, its address in the first argument.
  .globl call_vsyscall, vsyscall_site, vsyscall_after, vsyscall_end
call_vsyscall:
  SAVE
  LOAD
  int3
vsyscall_site:
  call  *%rax
vsyscall_after:
  int3
vsyscall_end:
  KEEP
  RESTORE

// void call_verdict(void): the end of a round.
  .globl call_verdict, verdict_end
call_verdict:
  int3
verdict_end:
  ret

// void call_end(void): the end marker of a program that another one executed.
  .globl call_end, exec_end
call_end:
  int3
exec_end:
  ret

  .section .note.GNU-stack,"",@progbits
