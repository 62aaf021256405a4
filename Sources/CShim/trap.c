// SPDX-License-Identifier: Apache-2.0 WITH Swift-exception
// The SIGSYS handler: sends a trapped call to the entry, everything else to the signal path.
//
// It exists in C because it is the one function whose stack is a signal frame and which must not
// do more than copy registers: what happens next happens after rt_sigreturn, in ordinary context.

#include "CLayout.h"
#include "image.h"

enum { SIGNAL_SYS = 31, CODE_SECCOMP = 1, CODE_USER_DISPATCH = 2 };
/// Length of `syscall` and `int $0x80`.
enum { SITE_LENGTH = 2 };
enum { FLAG_TRAP = 1 << 8, FLAG_DIRECTION = 1 << 10, FLAG_ALIGNMENT = 1 << 18 };

static struct sw_monitor state;

struct sw_monitor *sw_monitor_state(void) {
  return &state;
}

uint64_t sw_monitor_path(void) { return (uint64_t)state.path; }
uint64_t sw_monitor_message(void) { return (uint64_t)state.message; }

static int is_trap(const struct sw_siginfo *info, const struct sw_ucontext *context) {
  uint64_t rip = context->registers.rip;
  if (rip - state.code < state.codeLength)
    return 0;
  // A filter's signal for the vsyscall page names that page; the thread is back at its caller.
  // Where a filter of the target's own traps the call as well, the tag is that filter's.
  if (info->code == CODE_SECCOMP)
    return (state.options & SW_OPTION_TRAP_SECCOMP) &&
           (info->error == SW_SECCOMP_TAG || info->address == rip);
  return info->code == CODE_USER_DISPATCH && info->address == rip;
}

/// Word by word: a structure's assignment would become a call, whose loop costs more.
static void copy_registers(struct sw_registers *to, const struct sw_registers *from) {
  uint64_t *target = (uint64_t *)to;
  const uint64_t *source = (const uint64_t *)from;
#pragma clang loop unroll(full)
  for (unsigned i = 0; i < sizeof *to / sizeof *target; i++)
    target[i] = source[i];
}

__attribute__((used)) void sw_on_sigsys(int signal, struct sw_siginfo *info,
                                        struct sw_ucontext *context) {
  if (!is_trap(info, context)) {
    sw_on_signal(signal, info, context);
    return;
  }
  uint64_t area = (uint64_t)context & ~(uint64_t)(SW_AREA_SIZE - 1);
  struct sw_thread *thread = (struct sw_thread *)(area + SW_AREA_RECORD);
  copy_registers(&thread->registers, &context->registers);
  thread->site = context->registers.rip - SITE_LENGTH;
  if (info->code == CODE_SECCOMP) {
    thread->registers.rax = (uint64_t)(int64_t)info->syscall;
    if (info->address - SW_VSYSCALL_PAGE < SW_VSYSCALL_SIZE)
      thread->site = info->address;
  }
  thread->architecture = info->architecture;
  thread->way = info->code == CODE_SECCOMP ? 1 : 0;
  thread->finish = 0;
  thread->blocked = 0;
  thread->state = SW_STATE_ENTERING;
  context->registers.rip = (uint64_t)sw_entry;
  context->registers.rsp = (uint64_t)thread;
  context->registers.flags &= ~(uint64_t)(FLAG_TRAP | FLAG_DIRECTION | FLAG_ALIGNMENT);
  // With rcx and r11 as after a `syscall` the kernel returns by sysret; iret costs far more.
  context->registers.rcx = context->registers.rip;
  context->registers.r11 = context->registers.flags;
}
