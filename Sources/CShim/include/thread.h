// SPDX-License-Identifier: Apache-2.0 WITH Swift-exception
// The record of one thread, its area, and the kernel's layouts of a signal frame.
//
//   thread area: SW_AREA_SIZE bytes, aligned to SW_AREA_SIZE
//   +-------------------+ 0
//   | guard page        |  no access
//   +-------------------+ 0x1000
//   | monitor's stack   |  grows down from SW_AREA_RECORD
//   +-------------------+ SW_AREA_RECORD
//   | sw_thread         |  one page
//   +-------------------+ SW_AREA_ACTIONS
//   | sw_actions        |  signal actions of a process that began in this thread; one page
//   +-------------------+ SW_AREA_SCRATCH
//   | scratch           |  paths and argument vectors of an exec
//   +-------------------+ SW_AREA_SIGNALS
//   | signal stack      |  the only alternate stack the kernel is told of
//   +-------------------+ SW_AREA_SIZE

#ifndef SYSWEIR_THREAD_H
#define SYSWEIR_THREAD_H

#define SW_AREA_SIZE 0x20000
#define SW_AREA_RECORD 0x9000
#define SW_AREA_ACTIONS 0xa000
#define SW_AREA_SCRATCH 0xb000
#define SW_AREA_SIGNALS 0x18000

/// Offsets in `sw_thread` that assembly uses.
#define SW_THREAD_R8 0
#define SW_THREAD_R9 8
#define SW_THREAD_R10 16
#define SW_THREAD_R11 24
#define SW_THREAD_R12 32
#define SW_THREAD_R13 40
#define SW_THREAD_R14 48
#define SW_THREAD_R15 56
#define SW_THREAD_RDI 64
#define SW_THREAD_RSI 72
#define SW_THREAD_RBP 80
#define SW_THREAD_RBX 88
#define SW_THREAD_RDX 96
#define SW_THREAD_RAX 104
#define SW_THREAD_RCX 112
#define SW_THREAD_RSP 120
#define SW_THREAD_RIP 128
#define SW_THREAD_FLAGS 136
#define SW_THREAD_CALL 144
#define SW_THREAD_RESULT 200
#define SW_THREAD_COUNTER 208
#define SW_THREAD_STATE 216
#define SW_THREAD_BLOCKED 220
#define SW_THREAD_FINISH 224
#define SW_THREAD_ARCHITECTURE 228
#define SW_THREAD_SITE 232
#define SW_THREAD_WAY 240
#define SW_THREAD_ARITHMETIC 244

/// AUDIT_ARCH_X86_64, and the way of calls that come from slots, for assembly.
#define SW_ARCHITECTURE 0xc000003e
#define SW_WAY_OF_SLOTS 2

/// Values of `sw_thread.state`.
#define SW_STATE_ENTERING 0
#define SW_STATE_COMMITTED 1

/// What `sw_dispatch` asks assembly to do next.
#define SW_NEXT_ISSUE 0
#define SW_NEXT_LEAVE 1

/// The page of fixed calls that the kernel emulates, to which `call` leads.
#define SW_VSYSCALL_PAGE 0xffffffffff600000
#define SW_VSYSCALL_SIZE 0x1000

/// Tag in si_errno of a SIGSYS that the monitor's own seccomp filter raised.
#define SW_SECCOMP_TAG 0x5757

#ifndef __ASSEMBLER__
#include <stdint.h>

/// General registers, in the order of the kernel's struct sigcontext.
struct sw_registers {
  uint64_t r8, r9, r10, r11, r12, r13, r14, r15;
  uint64_t rdi, rsi, rbp, rbx, rdx, rax, rcx, rsp, rip, flags;
};

/// A call as the gate issues it.
struct sw_call {
  uint64_t number, a, b, c, d, e, f;
};

/// The kernel's stack_t.
struct sw_stack {
  uint64_t address;
  int32_t flags;
  int32_t padding;
  uint64_t size;
};

/// The kernel's struct ucontext (x86-64).
struct sw_ucontext {
  uint64_t flags, link;
  struct sw_stack stack;
  struct sw_registers registers;
  uint16_t cs, gs, fs, ss;
  uint64_t error, trap, oldMask, faultAddress;
  uint64_t fpstate;
  uint64_t reserved[8];
  uint64_t mask;
};

/// The kernel's siginfo_t, as far as the monitor looks into it.
struct sw_siginfo {
  int32_t signal, error, code, padding;
  uint64_t address;
  int32_t syscall;
  uint32_t architecture;
  uint64_t rest[12];
};

/// The kernel's struct sigaction.
struct sw_action {
  uint64_t handler, flags, restorer, mask;
};

/// The signal actions that the target believes in, shared by CLONE_SIGHAND.
struct sw_actions {
  uint32_t lock;
  /// Threads that use this table.
  uint32_t users;
  struct sw_action rows[64];
};

/// A signal that the monitor keeps back because the target blocks it.
struct sw_held {
  uint64_t present;
  struct sw_siginfo info;
};

struct sw_thread {
  /// The target's registers at the site, with rip behind the instruction.
  struct sw_registers registers;
  struct sw_call call;
  int64_t result;
  /// Address of the counter that this call adds to.
  uint64_t counter;
  uint32_t state;
  /// 1 while all signals are blocked by the monitor and must be let in again on leaving.
  uint32_t blocked;
  /// What is left to do once the result is there; 0 for nothing.
  uint32_t finish;
  uint32_t architecture;
  /// Where a call that is taken back is made again: the address of its instruction.
  uint64_t site;
  /// How the call came: a `CallWay`.
  uint32_t way;
  /// Arithmetic flags of the target while it enters from a slot: SF, ZF, AF, PF and CF as `lahf`
  /// leaves them in ah, OF in al.
  uint32_t arithmetic;
  /// The mask the kernel is to have when the target runs.
  uint64_t kernelMask;

  /// The mask the target believes in, and the one of a call that waits with another.
  uint64_t mask;
  uint64_t temporaryMask;
  uint32_t hasTemporaryMask;
  /// Number of the area, by which the thread finds it from a slot; 0 if it has none.
  uint32_t number;
  /// Arguments kept for the finish.
  uint64_t kept, keptLength;
  struct sw_stack alternate;
  /// Address of the actions in force for this thread.
  uint64_t actions;
  /// Address of this record, of the next one in the list of all areas, and in that of idle ones.
  uint64_t address, next, nextIdle;
  /// Who uses the area: see `AreaUse`; which fork of the process made it.
  uint32_t use, generation;
  uint32_t tid, pid;
  /// Rows in session memory.
  uint32_t tally;
  uint32_t process;
  /// Memory to unmap when the area is used again.
  uint64_t leftover, leftoverLength;
  /// How a child of this call starts: its stack pointer and clone flags.
  uint64_t childStack;
  uint64_t childFlags;
  /// What the kernel is given in place of the target's own memory.
  uint64_t buffer[8];
  /// 1 if the next SIGSEGV is one that the monitor raised in the kernel's place.
  uint32_t forced;
  /// Not 0 once the thread is in seccomp's strict mode: see `StrictMode`.
  uint32_t strict;
  /// Where calls are counted that are not counted.
  uint64_t uncounted;
  /// Reserved signals that wait until the target lets them in.
  struct sw_held heldCall, heldSegmentation, heldBus;
  /// A signal that another thread took in this one's place: 0 none, 1 being written, 2 there.
  uint32_t mailState;
  /// Number that this thread starts with, which is its maker's; 0 for none.
  uint32_t parentNumber;
  /// 1 once the kernel keeps the thread's own number.
  uint32_t isNumbered;
  /// 1 if the thread is to be traced from its exec on.
  uint32_t isTracedLater;
  struct sw_siginfo mail;
  struct sw_ucontext frame;
};

#define SW_CHECK(field, offset)                                                                    \
  _Static_assert(__builtin_offsetof(struct sw_thread, field) == (offset), #field)
SW_CHECK(registers.r8, SW_THREAD_R8);
SW_CHECK(registers.r9, SW_THREAD_R9);
SW_CHECK(registers.r10, SW_THREAD_R10);
SW_CHECK(registers.r11, SW_THREAD_R11);
SW_CHECK(registers.r12, SW_THREAD_R12);
SW_CHECK(registers.r13, SW_THREAD_R13);
SW_CHECK(registers.r14, SW_THREAD_R14);
SW_CHECK(registers.r15, SW_THREAD_R15);
SW_CHECK(registers.rdi, SW_THREAD_RDI);
SW_CHECK(registers.rsi, SW_THREAD_RSI);
SW_CHECK(registers.rbp, SW_THREAD_RBP);
SW_CHECK(registers.rbx, SW_THREAD_RBX);
SW_CHECK(registers.rdx, SW_THREAD_RDX);
SW_CHECK(registers.rcx, SW_THREAD_RCX);
SW_CHECK(registers.rsp, SW_THREAD_RSP);
SW_CHECK(registers.rip, SW_THREAD_RIP);
SW_CHECK(registers.flags, SW_THREAD_FLAGS);
SW_CHECK(call, SW_THREAD_CALL);
SW_CHECK(result, SW_THREAD_RESULT);
SW_CHECK(counter, SW_THREAD_COUNTER);
SW_CHECK(state, SW_THREAD_STATE);
SW_CHECK(blocked, SW_THREAD_BLOCKED);
SW_CHECK(finish, SW_THREAD_FINISH);
SW_CHECK(architecture, SW_THREAD_ARCHITECTURE);
SW_CHECK(site, SW_THREAD_SITE);
SW_CHECK(way, SW_THREAD_WAY);
SW_CHECK(arithmetic, SW_THREAD_ARITHMETIC);
SW_CHECK(registers.rax, SW_THREAD_RAX);
_Static_assert(sizeof(struct sw_thread) <= SW_AREA_ACTIONS - SW_AREA_RECORD, "fits its page");
_Static_assert(sizeof(struct sw_actions) <= SW_AREA_SCRATCH - SW_AREA_ACTIONS, "fits its page");
_Static_assert(sizeof(struct sw_ucontext) == 304, "struct ucontext");
_Static_assert(__builtin_offsetof(struct sw_ucontext, registers) == 40, "uc_mcontext");
_Static_assert(__builtin_offsetof(struct sw_ucontext, mask) == 296, "uc_sigmask");
_Static_assert(sizeof(struct sw_siginfo) == 128, "siginfo_t");
#endif
#endif
