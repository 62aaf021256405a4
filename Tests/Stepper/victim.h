// SPDX-License-Identifier: Apache-2.0 WITH Swift-exception
// What the parts of the victim share: its cases, its own calls, its report.

#ifndef STEPPER_VICTIM_H
#define STEPPER_VICTIM_H

#define _GNU_SOURCE
#include "shared.h"
#include <errno.h>
#include <signal.h>
#include <stdbool.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/syscall.h>
#include <time.h>
#include <ucontext.h>
#include <unistd.h>

/// One call that is stepped through.
struct step_case {
  const char *name;
  unsigned flags;
  /// Once, before the first round.
  void (*setup)(void);
  /// Before every round: the arguments, and what will tell whether the call was made.
  void (*before)(void);
  /// How often the call has been made in this round; -1 if that cannot be told.
  long (*effects)(void);
  /// Whether a call that was not interrupted ended as it must; takes its effects back.
  bool (*right)(long result);
};

extern const struct step_case cases[];
extern const unsigned case_count;
extern struct shared *shared;
/// The masks that the victim has before and behind the call.
extern uint64_t mask_before, mask_after;
/// The mask of a call that waits with its own.
extern uint64_t mask_waiting;
/// The signals that the variant blocks.
extern uint64_t base_mask;
/// The end of the stack of a child that has its own.
extern char child_stack[65536];

extern uint64_t call_arguments[7], call_result, call_stack, call_after[15];
extern uint64_t call_vectors[32], call_zone[16];
extern const uint64_t call_kept[6], call_flags, call_pattern[32];
extern unsigned char plain_move[5];
extern char plain_site, plain_after, plain_end, child_site, child_after, child_end;
extern char i386_site, i386_after, i386_end, vsyscall_site, vsyscall_after, vsyscall_end;
extern char verdict_end, exec_end;
void call_plain(void);
void call_child(void);
void call_i386(void);
void call_vsyscall(void);
void call_verdict(void);
void call_end(void);

/// Keeps the first thing that went wrong in the round.
__attribute__((format(printf, 1, 2))) void wrong(const char *format, ...);

void on_signal(int signal, siginfo_t *info, void *context);

static inline uint64_t bit(int signal) { return 1ull << (signal - 1); }

/// A call of the victim's own, which is counted.
static inline long raw(long number, long a, long b, long c, long d, long e, long f) {
  register long r10 __asm__("r10") = d;
  register long r8 __asm__("r8") = e;
  register long r9 __asm__("r9") = f;
  long value;
  __atomic_fetch_add(&shared->calls, 1, __ATOMIC_RELAXED);
  __asm__ volatile("syscall"
                   : "=a"(value)
                   : "a"(number), "D"(a), "S"(b), "d"(c), "r"(r10), "r"(r8), "r"(r9)
                   : "rcx", "r11", "memory");
  return value;
}

static inline void arguments(long number, long a, long b, long c, long d, long e, long f) {
  uint64_t values[7] = {(uint64_t)number, (uint64_t)a, (uint64_t)b, (uint64_t)c,
                        (uint64_t)d,      (uint64_t)e, (uint64_t)f};
  memcpy(call_arguments, values, sizeof values);
}

static inline uint64_t queried_mask(void) {
  uint64_t mask = 0;
  raw(SYS_rt_sigprocmask, SIG_BLOCK, 0, (long)&mask, 8, 0, 0);
  return mask;
}

static inline void set_mask(uint64_t mask) {
  raw(SYS_rt_sigprocmask, SIG_SETMASK, (long)&mask, 0, 8, 0, 0);
}

static inline void send_self(int signal) {
  raw(SYS_tgkill, raw(SYS_getpid, 0, 0, 0, 0, 0, 0), raw(SYS_gettid, 0, 0, 0, 0, 0, 0), signal, 0,
      0, 0);
}

static inline uint64_t pending_signals(void) {
  uint64_t set = 0;
  raw(SYS_rt_sigpending, (long)&set, 8, 0, 0, 0, 0);
  return set;
}

#endif
