// SPDX-License-Identifier: Apache-2.0 WITH Swift-exception
// The way of one call: in from the trap, through the gate, out to the target.
//
// Windows that the signal path tells apart by rip (Interruption.swift):
//   up to and with sw_gate      nothing has happened yet: the call is rolled back to its site
//   [sw_gate_after, committed)  the kernel is done, rax holds the result
//   [sw_committed, counted)     the result is in the record, the call is not counted yet
//   from sw_counted             only the finish and the way out are left

#include "thread.h"

  .text

// sw_entry: where the SIGSYS handler sends a trapped thread.
// In:  rsp = top of the monitor's stack in the thread's area, everything else undefined.
// Out: leaves to the target with the record's registers. Red zone and stack of the target are
//      never touched. Does not return.
  .globl sw_entry
  .hidden sw_entry
  .type sw_entry, @function
sw_entry:
  mov   %rsp, %rbx
  mov   %rbx, %rdi
  call  sw_dispatch
  cmp   $SW_NEXT_ISSUE, %eax
  jne   sw_commit
  mov   SW_THREAD_CALL+0(%rbx), %rax
  mov   SW_THREAD_CALL+8(%rbx), %rdi
  mov   SW_THREAD_CALL+16(%rbx), %rsi
  mov   SW_THREAD_CALL+24(%rbx), %rdx
  mov   SW_THREAD_CALL+32(%rbx), %r10
  mov   SW_THREAD_CALL+40(%rbx), %r8
  mov   SW_THREAD_CALL+48(%rbx), %r9
  cmpl  $0x40000003, SW_THREAD_ARCHITECTURE(%rbx)
  je    sw_issue32
  .globl sw_gate
  .hidden sw_gate
sw_gate:
  syscall
  .globl sw_gate_after
  .hidden sw_gate_after
sw_gate_after:
  mov   %rax, SW_THREAD_RESULT(%rbx)

// sw_commit: the result stands in the record. In: rbx = record, rsp in the monitor's stack.
sw_commit:
  movl  $SW_STATE_COMMITTED, SW_THREAD_STATE(%rbx)
  .globl sw_committed
  .hidden sw_committed
sw_committed:
  mov   SW_THREAD_COUNTER(%rbx), %rax
  lock incq (%rax)
  .globl sw_counted
  .hidden sw_counted
sw_counted:
  cmpl  $0, SW_THREAD_FINISH(%rbx)
  jne   sw_do_finish
sw_finished:
  cmpl  $0, SW_THREAD_BLOCKED(%rbx)
  jne   sw_unmask

// sw_leave: back to the target. In: rbx = record, rsp = anywhere in the monitor's stack.
sw_leave:
  cmpl  $0x40000003, SW_THREAD_ARCHITECTURE(%rbx)
  je    sw_leave_whole
  testl $0x100, SW_THREAD_FLAGS(%rbx)
  jnz   sw_leave_stepped
  pushq SW_THREAD_FLAGS(%rbx)
  mov   SW_THREAD_RESULT(%rbx), %rax
  mov   SW_THREAD_RIP(%rbx), %rcx
  mov   SW_THREAD_FLAGS(%rbx), %r11
  mov   SW_THREAD_R8(%rbx), %r8
  mov   SW_THREAD_R9(%rbx), %r9
  mov   SW_THREAD_R10(%rbx), %r10
  mov   SW_THREAD_R12(%rbx), %r12
  mov   SW_THREAD_R13(%rbx), %r13
  mov   SW_THREAD_R14(%rbx), %r14
  mov   SW_THREAD_R15(%rbx), %r15
  mov   SW_THREAD_RDI(%rbx), %rdi
  mov   SW_THREAD_RSI(%rbx), %rsi
  mov   SW_THREAD_RBP(%rbx), %rbp
  mov   SW_THREAD_RDX(%rbx), %rdx
  popfq
  mov   SW_THREAD_RSP(%rbx), %rsp
  mov   SW_THREAD_RBX(%rbx), %rbx
  jmp   *%rcx

// As sw_leave, for a thread that single-steps itself: behind iretq the next trap comes where it
// comes behind a native call.
sw_leave_stepped:
  mov   SW_THREAD_RIP(%rbx), %rcx
  mov   %rcx, SW_THREAD_RCX(%rbx)
  mov   SW_THREAD_FLAGS(%rbx), %rcx
  mov   %rcx, SW_THREAD_R11(%rbx)

// As sw_leave, for int $0x80, which keeps rcx and r11: only iretq needs no register.
sw_leave_whole:
  mov   %ss, %eax
  push  %rax
  pushq SW_THREAD_RSP(%rbx)
  pushq SW_THREAD_FLAGS(%rbx)
  mov   %cs, %eax
  push  %rax
  pushq SW_THREAD_RIP(%rbx)
  mov   SW_THREAD_RESULT(%rbx), %rax
  mov   SW_THREAD_RCX(%rbx), %rcx
  mov   SW_THREAD_R8(%rbx), %r8
  mov   SW_THREAD_R9(%rbx), %r9
  mov   SW_THREAD_R10(%rbx), %r10
  mov   SW_THREAD_R11(%rbx), %r11
  mov   SW_THREAD_R12(%rbx), %r12
  mov   SW_THREAD_R13(%rbx), %r13
  mov   SW_THREAD_R14(%rbx), %r14
  mov   SW_THREAD_R15(%rbx), %r15
  mov   SW_THREAD_RDI(%rbx), %rdi
  mov   SW_THREAD_RSI(%rbx), %rsi
  mov   SW_THREAD_RBP(%rbx), %rbp
  mov   SW_THREAD_RDX(%rbx), %rdx
  mov   SW_THREAD_RBX(%rbx), %rbx
  iretq

sw_do_finish:
  mov   %rbx, %rdi
  call  sw_finish
  jmp   sw_finished

// Lets in again the signals that a blocked section kept out.
sw_unmask:
  mov   %rbx, %rdi
  call  sw_unblock
  jmp   sw_leave

// A call of the 32-bit table, made by int $0x80 from 64-bit code: arguments in ebx.. as there.
sw_issue32:
  push  %rbx
  push  %rbp
  mov   SW_THREAD_CALL+0(%rbx), %rax
  mov   SW_THREAD_CALL+16(%rbx), %rcx
  mov   SW_THREAD_CALL+24(%rbx), %rdx
  mov   SW_THREAD_CALL+32(%rbx), %rsi
  mov   SW_THREAD_CALL+40(%rbx), %rdi
  mov   SW_THREAD_CALL+48(%rbx), %rbp
  mov   SW_THREAD_CALL+8(%rbx), %rbx
  .globl sw_gate32
  .hidden sw_gate32
sw_gate32:
  int   $0x80
  .globl sw_gate32_after
  .hidden sw_gate32_after
sw_gate32_after:
  pop   %rbp
  pop   %rbx
  jmp   sw_gate_after
  .size sw_entry, . - sw_entry

// long sw_clone(struct sw_thread *parent, struct sw_thread *child)
// In:  rdi = record whose call is issued, rsi = record the child is to use.
// Out: rax = the parent's result. The child does not return here: it starts on the monitor's
//      stack of its own record, with all signals blocked, and leaves to the target.
  .globl sw_clone
  .hidden sw_clone
  .type sw_clone, @function
sw_clone:
  push  %rbx
  mov   %rsi, %rbx
  mov   SW_THREAD_CALL+0(%rdi), %rax
  mov   SW_THREAD_CALL+16(%rdi), %rsi
  mov   SW_THREAD_CALL+24(%rdi), %rdx
  mov   SW_THREAD_CALL+32(%rdi), %r10
  mov   SW_THREAD_CALL+40(%rdi), %r8
  mov   SW_THREAD_CALL+48(%rdi), %r9
  mov   SW_THREAD_CALL+8(%rdi), %rdi
  .globl sw_clone_gate
  .hidden sw_clone_gate
sw_clone_gate:
  syscall
  test  %rax, %rax
  jz    1f
  pop   %rbx
  ret
1:
  mov   %rbx, %rsp
  mov   %rbx, %rdi
  call  sw_start_child
  jmp   sw_commit
  .size sw_clone, . - sw_clone

// long sw_assist(uint64_t argument, uint64_t stack, uint32_t *word)
// Starts a thread of the monitor's own, which runs sw_assistant(argument) and ends; see sites.h.
// The caller has all signals blocked. The thread is not watched: it makes the monitor's calls. Nor
// is it shown to who traces the others (CLONE_UNTRACED).
  .globl sw_assist
  .hidden sw_assist
  .type sw_assist, @function
sw_assist:
  mov   %rdi, %r9
  mov   %rdx, %r10
  xor   %edx, %edx
  xor   %r8d, %r8d
  mov   $0xa50f00, %edi
  mov   $56, %eax
  .globl sw_assist_gate
  .hidden sw_assist_gate
sw_assist_gate:
  syscall
  test  %rax, %rax
  jz    1f
  ret
1:
  mov   %r9, %rdi
  call  sw_assistant
  mov   $60, %eax
  xor   %edi, %edi
  .globl sw_assist_end
  .hidden sw_assist_end
sw_assist_end:
  syscall
  ud2
  .size sw_assist, . - sw_assist

// long sw_syscall(long number, long a, long b, long c, long d, long e, long f)
// The monitor's own calls. C ABI; f is on the stack.
  .globl sw_syscall
  .hidden sw_syscall
  .type sw_syscall, @function
sw_syscall:
  mov   %rdi, %rax
  mov   %rsi, %rdi
  mov   %rdx, %rsi
  mov   %rcx, %rdx
  mov   %r8, %r10
  mov   %r9, %r8
  mov   8(%rsp), %r9
  .globl sw_syscall_gate
  .hidden sw_syscall_gate
sw_syscall_gate:
  syscall
  ret
  .size sw_syscall, . - sw_syscall

// void sw_sigreturn(const struct sw_ucontext *context): continues at the context.
// The kernel expects the stack pointer just behind a signal frame's return address.
  .globl sw_sigreturn
  .hidden sw_sigreturn
  .type sw_sigreturn, @function
sw_sigreturn:
  mov   %rdi, %rsp
// The restorer of every handler that the kernel is told of.
  .globl sw_restorer
  .hidden sw_restorer
sw_restorer:
  mov   $15, %rax
  .globl sw_sigreturn_gate
  .hidden sw_sigreturn_gate
sw_sigreturn_gate:
  syscall
  ud2
  .size sw_sigreturn, . - sw_sigreturn

// long sw_copy(uint64_t to, uint64_t from, uint64_t count)
// Out: rax = 0, or -EFAULT if a byte could not be read or written.
  .globl sw_copy
  .hidden sw_copy
  .type sw_copy, @function
sw_copy:
  mov   %rdx, %rcx
  .globl sw_copy_begin
  .hidden sw_copy_begin
sw_copy_begin:
  rep movsb
  xor   %eax, %eax
  ret
  .size sw_copy, . - sw_copy

// long sw_copy_string(uint64_t to, uint64_t from, uint64_t limit)
  .globl sw_copy_string
  .hidden sw_copy_string
  .type sw_copy_string, @function
sw_copy_string:
  xor   %eax, %eax
1:
  cmp   %rdx, %rax
  je    2f
  movzbl (%rsi,%rax), %ecx
  movb  %cl, (%rdi,%rax)
  test  %ecx, %ecx
  je    2f
  inc   %rax
  jmp   1b
2:
  ret
  .globl sw_copy_end
  .hidden sw_copy_end
sw_copy_end:
  .size sw_copy_string, . - sw_copy_string

// Where a faulting copy goes on.
  .globl sw_copy_fault
  .hidden sw_copy_fault
sw_copy_fault:
  mov   $-14, %rax
  ret

// Handlers that the kernel is told of. The kernel leaves the alignment-check flag as the target
// set it, and compiled code does not keep to alignment. Arguments as for a signal handler.
  .macro HANDLER name, body
  .globl \name
  .hidden \name
  .type \name, @function
\name:
  pushfq
  testl $0x40000, (%rsp)
  jnz   1f
  lea   8(%rsp), %rsp
  jmp   \body
1:
  andl  $~0x40000, (%rsp)
  popfq
  jmp   \body
  .size \name, . - \name
  .endm

  HANDLER sw_sigsys_handler, sw_on_sigsys
  HANDLER sw_signal_handler, sw_on_signal

// sw_start: entry point of the executable. In: rsp = the stack as the kernel built it.
  .globl sw_start
  .hidden sw_start
  .type sw_start, @function
sw_start:
  xor   %ebp, %ebp
  mov   %rsp, %rdi
  and   $-16, %rsp
  call  sw_begin
  ud2
  .size sw_start, . - sw_start

// void sw_continue_at(uint64_t address, const uint64_t *stack): jumps into the moved image.
  .globl sw_continue_at
  .hidden sw_continue_at
  .type sw_continue_at, @function
sw_continue_at:
  mov   %rdi, %rax
  mov   %rsi, %rdi
  mov   %rsi, %rsp
  and   $-16, %rsp
  call  *%rax
  ud2
  .size sw_continue_at, . - sw_continue_at

  .section .note.GNU-stack,"",@progbits
