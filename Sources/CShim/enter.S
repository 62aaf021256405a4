// SPDX-License-Identifier: Apache-2.0 WITH Swift-exception
// The way from a slot into the monitor, and the thread that changes code; see sites.h.

#include "sites.h"
#include "thread.h"

  .text

// sw_enter: where the slot of a call jumps that the monitor must see.
// In:  r11 = number of the slot << 32 | number of the call, ax = arithmetic flags (lahf, seto);
//      all else as the target has it at its site, rcx and r11 of which `syscall` would destroy.
// Out: as sw_entry. A thread finds its record by the limit of a descriptor that is its own.
// Windows for signals (Slot+Entry.swift):
//   [sw_enter, sw_enter_kept)    registers are the target's, but for rax, rcx, r11 and flags
//   [sw_enter_kept, sw_entered)  the target's are in the record, but for rax, rip and flags
  .globl sw_enter
  .hidden sw_enter
  .type sw_enter, @function
sw_enter:
  mov   $SW_NUMBER_SELECTOR, %ecx
  lsl   %ecx, %ecx
  jnz   sw_enter_by_trap
  cmp   $SW_THREAD_NUMBERS, %ecx
  jae   sw_enter_by_trap
  shl   $3, %ecx
  add   sw_numbers_address(%rip), %rcx
  mov   (%rcx), %rcx
  test  %rcx, %rcx
  jz    sw_enter_by_trap
  mov   %eax, SW_THREAD_ARITHMETIC(%rcx)
  mov   %r8, SW_THREAD_R8(%rcx)
  mov   %r9, SW_THREAD_R9(%rcx)
  mov   %r10, SW_THREAD_R10(%rcx)
  mov   %r12, SW_THREAD_R12(%rcx)
  mov   %r13, SW_THREAD_R13(%rcx)
  mov   %r14, SW_THREAD_R14(%rcx)
  mov   %r15, SW_THREAD_R15(%rcx)
  mov   %rdi, SW_THREAD_RDI(%rcx)
  mov   %rsi, SW_THREAD_RSI(%rcx)
  mov   %rbp, SW_THREAD_RBP(%rcx)
  mov   %rbx, SW_THREAD_RBX(%rcx)
  mov   %rdx, SW_THREAD_RDX(%rcx)
  mov   %rsp, SW_THREAD_RSP(%rcx)
  .globl sw_enter_kept
  .hidden sw_enter_kept
sw_enter_kept:
  mov   %rcx, %rbx
  mov   %rcx, %rsp
  mov   %r11d, %edx
  mov   %rdx, SW_THREAD_RAX(%rbx)
  mov   %r11, %rdx
  shr   $32, %rdx
  imul  $SW_SITE_SIZE, %rdx, %rcx
  lea   sw_site_table(%rip), %rdx
  mov   (%rdx,%rcx), %rdx
  mov   %rdx, SW_THREAD_SITE(%rbx)
  add   $2, %rdx
  mov   %rdx, SW_THREAD_RIP(%rbx)
  mov   %rdx, SW_THREAD_RCX(%rbx)
  movl  $SW_ARCHITECTURE, SW_THREAD_ARCHITECTURE(%rbx)
  movl  $SW_WAY_OF_SLOTS, SW_THREAD_WAY(%rbx)
  movl  $0, SW_THREAD_FINISH(%rbx)
  movl  $0, SW_THREAD_BLOCKED(%rbx)
  movl  $SW_STATE_ENTERING, SW_THREAD_STATE(%rbx)
  add   $0x7f, %al
  sahf
  pushfq
  popq  SW_THREAD_FLAGS(%rbx)
  .globl sw_entered
  .hidden sw_entered
sw_entered:
  cld
  testl $0x40000, SW_THREAD_FLAGS(%rbx)
  jz    sw_entry_dispatch
  pushq $0x202
  popfq
  jmp   sw_entry_dispatch

// The thread has no number: it goes on to the site's own `syscall`, which traps.
  .globl sw_enter_by_trap
  .hidden sw_enter_by_trap
sw_enter_by_trap:
  mov   %r11, %rcx
  shr   $32, %rcx
  imul  $SW_SITE_SIZE, %rcx, %rcx
  add   sw_site_table_address(%rip), %rcx
  mov   (%rcx), %rcx
  add   $0x7f, %al
  sahf
  .globl sw_enter_restored
  .hidden sw_enter_restored
sw_enter_restored:
  mov   %r11d, %eax
  jmp   *%rcx
  .globl sw_enter_end
  .hidden sw_enter_end
sw_enter_end:
  .size sw_enter, . - sw_enter

// long sw_set_number(uint64_t descriptor)
// In: rdi = address below 4 GiB of a struct user_desc. Out: rax = 0, or a negative error; also where
// the kernel has no calls of i386, at which the instruction faults.
  .globl sw_set_number
  .hidden sw_set_number
  .type sw_set_number, @function
sw_set_number:
  push  %rbx
  mov   %rdi, %rbx
  mov   $243, %eax
  .globl sw_set_number_gate
  .hidden sw_set_number_gate
sw_set_number_gate:
  int   $0x80
  pop   %rbx
  ret
  .size sw_set_number, . - sw_set_number

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

  .section .data.rel.ro, "aw", @progbits
  .balign 8
sw_numbers_address:    .quad sw_numbers
sw_site_table_address: .quad sw_site_table

  .section .note.GNU-stack,"",@progbits
