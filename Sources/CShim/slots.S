// SPDX-License-Identifier: Apache-2.0 WITH Swift-exception
// Code of slots, as it is copied to a site's slot and its numbers filled in; see sites.h.
// Not executed where it stands.

#include "sites.h"

  .section .text.slots, "ax", @progbits

  .macro LABEL name
  .globl \name
  .hidden \name
\name:
  .endm

// Makes the call of a site with a fixed number, and counts it.
// In: the target's registers; rax is set here, rcx and r11 are free, as `syscall` destroys them.
// Out: behind the site, with rax, rcx and r11 as the kernel leaves them. Flags are kept: lahf and
// seto have room in rax. Stack and red zone are not touched.
  .balign SW_SLOT_SIZE
LABEL sw_slot_counting
  lahf
  seto  %al
LABEL sw_slot_counting_saved
  movabs $0x7766554433221100, %rcx
LABEL sw_slot_counting_cell
  mov   (%rcx), %rcx
  lock incq (%rcx)
LABEL sw_slot_counting_counted
  add   $0x7f, %al
LABEL sw_slot_counting_overflow
  sahf
LABEL sw_slot_counting_restored
  mov   $0x33221100, %eax
LABEL sw_slot_counting_number
LABEL sw_slot_counting_gate
  syscall
LABEL sw_slot_counting_answered
  movabs $0x7766554433221100, %rcx
LABEL sw_slot_counting_behind
  jmp   *%rcx
  .balign SW_SLOT_SIZE, 0xcc

// The same without counting.
LABEL sw_slot_plain
  mov   $0x33221100, %eax
LABEL sw_slot_plain_number
LABEL sw_slot_plain_gate
  syscall
LABEL sw_slot_plain_answered
  movabs $0x7766554433221100, %rcx
LABEL sw_slot_plain_behind
  jmp   *%rcx
  .balign SW_SLOT_SIZE, 0xcc

// Enters the monitor for a call that it must see; enter.S says how. The number of the slot stands
// above that of the call.
LABEL sw_slot_entering
  movabs $0x7766554433221100, %r11
LABEL sw_slot_entering_number
  lahf
  seto  %al
LABEL sw_slot_entering_saved
  jmp   sw_enter
LABEL sw_slot_entering_entered
  .balign SW_SLOT_SIZE, 0xcc

  .section .note.GNU-stack,"",@progbits
