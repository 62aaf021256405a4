// SPDX-License-Identifier: Apache-2.0 WITH Swift-exception
// What the parts of the stepper share: a traced victim, its path, the monitor's symbols.

#ifndef STEPPER_STEPPER_H
#define STEPPER_STEPPER_H

#define _GNU_SOURCE
#include "shared.h"
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/types.h>

/// What the traced thread did when it stopped.
enum event { AT_BEGIN, AT_END, AT_VERDICT, STEPPED, FOCUS_GONE, VICTIM_GONE, TIMED_OUT };

/// One place on the way of a call: an instruction, and how often it was reached before.
struct position {
  uint64_t rip;
  uint32_t earlier;
};

struct path {
  struct position *positions;
  size_t count, capacity;
};

/// A running victim under the monitor, or without one.
struct tracee {
  struct shared *shared;
  pid_t root, victim, focus;
  /// How the focus is resumed: PTRACE_CONT or PTRACE_SINGLESTEP.
  int resume;
  bool wants_child;
  /// Where the focus has its breakpoint; 0 if nowhere.
  uint64_t breakpoint;
  int status;
  pid_t known[64];
  int known_count;
  /// The session's counters, if there is a session.
  const unsigned char *session;
};

struct options {
  const char *sysweir, *monitor, *victim, *trap;
  const char *cases, *variants, *kinds;
  size_t every;
  bool native, verbose, rewritten;
};

// tracee.c
bool tracee_start(struct tracee *tracee, const struct options *options, const char *name,
                  const char *variant);
void tracee_stop(struct tracee *tracee);
void tracee_continue(struct tracee *tracee, pid_t pid, int signal);
enum event tracee_wait(struct tracee *tracee, unsigned seconds);
uint64_t tracee_rip(pid_t pid);
void tracee_break(struct tracee *tracee, uint64_t address);
void tracee_untrap(pid_t pid);
uint64_t tracee_mask(pid_t pid);
void tracee_await_sleep(pid_t tid);
void tracee_inject(struct tracee *tracee, int signal, bool queued);

// session.c
void session_map(struct tracee *tracee);
void session_unmap(struct tracee *tracee);
uint64_t session_calls(const struct tracee *tracee);

// symbols.c
void symbols_load(const char *monitor);
void symbols_base(pid_t pid, uint64_t rip);
const char *symbols_name(uint64_t rip);
uint64_t symbols_offset(uint64_t rip);

#endif
