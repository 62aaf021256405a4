// SPDX-License-Identifier: Apache-2.0 WITH Swift-exception
// Ways by seccomp filters.

#define _GNU_SOURCE
#include "probe.h"

#include <errno.h>
#include <linux/audit.h>
#include <linux/filter.h>
#include <linux/seccomp.h>
#include <sched.h>
#include <signal.h>
#include <stddef.h>
#include <stdint.h>
#include <sys/prctl.h>
#include <sys/syscall.h>
#include <sys/uio.h>
#include <unistd.h>

enum { ALLOW_LENGTH = 64, MOST = 64 };
enum { NUMBER = offsetof(struct seccomp_data, nr), ARCH = offsetof(struct seccomp_data, arch) };
enum { POINTER = offsetof(struct seccomp_data, instruction_pointer) };
enum { LAST_ARGUMENT = offsetof(struct seccomp_data, args[5]) };

struct program {
  struct sock_filter code[MOST];
  unsigned short length;
};

static void add(struct program *program, uint16_t code, uint8_t yes, uint8_t no, uint32_t value) {
  program->code[program->length++] = (struct sock_filter){code, yes, no, value};
}
static void load(struct program *program, uint32_t offset) {
  add(program, BPF_LD | BPF_W | BPF_ABS, 0, 0, offset);
}
static void equal(struct program *program, uint32_t value, uint8_t yes, uint8_t no) {
  add(program, BPF_JMP | BPF_JEQ | BPF_K, yes, no, value);
}
static void at_least(struct program *program, uint32_t value, uint8_t yes, uint8_t no) {
  add(program, BPF_JMP | BPF_JGE | BPF_K, yes, no, value);
}
static void answer(struct program *program, uint32_t value) {
  add(program, BPF_RET | BPF_K, 0, 0, value);
}

/// The listener if that is asked for, else 0; or -errno.
static int install(struct program *program, unsigned flags) {
  struct sock_fprog filter = {program->length, program->code};
  if (prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0))
    return -errno;
  long result = syscall(SYS_seccomp, SECCOMP_SET_MODE_FILTER, flags, &filter);
  return result < 0 ? -errno : (int)result;
}

/// A list of calls that are none of ours, as policies have them; 64 instructions in all.
/// The kernel remembers which numbers a filter always allows, and then does not run it; where the
/// last look is at an argument, it must.
static int allow(int looks) {
  static struct program program;
  load(&program, ARCH);
  equal(&program, AUDIT_ARCH_X86_64, 1, 0);
  answer(&program, SECCOMP_RET_KILL_PROCESS);
  load(&program, NUMBER);
  while (program.length < ALLOW_LENGTH - 3) {
    // Each jumps to the last instruction but one, which refuses.
    uint8_t skipped = (uint8_t)(ALLOW_LENGTH - 2 - (program.length + 1));
    equal(&program, 4000u + program.length, skipped, 0);
  }
  load(&program, looks ? LAST_ARGUMENT : NUMBER);
  add(&program, BPF_JMP | BPF_JSET | BPF_K, 1, 1, 0);
  answer(&program, SECCOMP_RET_ALLOW);
  program.code[ALLOW_LENGTH - 2] = (struct sock_filter){BPF_JMP | BPF_JA, 0, 0, 0};
  return -install(&program, 0);
}

int arm_seccomp_cached(struct bench_task *task) {
  (void)task;
  return allow(0);
}

int arm_seccomp_allow(struct bench_task *task) {
  (void)task;
  return allow(1);
}

/// A filter that gives `action` for the task's calls; with `passes`, not for those of our handler.
static void catch_calls(struct program *program, const struct bench_task *task, uint32_t action,
                        int passes) {
  uint32_t high = (uint32_t)((uint64_t)__start_bare >> 32);
  int count = 0;
  while (task->call->numbers[count] >= 0)
    count++;
  load(program, NUMBER);
  for (int i = 0; i < count; i++)
    equal(program, (uint32_t)task->call->numbers[i], (uint8_t)(count - i), 0);
  answer(program, SECCOMP_RET_ALLOW);
  if (passes) {
    load(program, POINTER + 4);
    equal(program, high, 0, 4);
    load(program, POINTER);
    at_least(program, (uint32_t)(uint64_t)__start_bare, 0, 2);
    at_least(program, (uint32_t)(uint64_t)__stop_bare, 1, 0);
    answer(program, SECCOMP_RET_ALLOW);
  }
  answer(program, action);
}

int arm_seccomp_errno(struct bench_task *task) {
  static struct program program;
  catch_calls(&program, task, SECCOMP_RET_ERRNO | EPERM, 0);
  task->error = -EPERM;
  return -install(&program, 0);
}

int arm_seccomp_trap(struct bench_task *task) {
  static struct program program;
  catch_calls(&program, task, SECCOMP_RET_TRAP, 1);
  int error = bare_install();
  return error ? error : -install(&program, 0);
}

/// In the asker: filters itself and tells the listener's number by a call that is not measured.
static int ask(struct bench_task *task, int tell) {
  static struct program program;
  catch_calls(&program, task, SECCOMP_RET_USER_NOTIF, 0);
  int listener = install(&program, SECCOMP_FILTER_FLAG_NEW_LISTENER);
  struct iovec word = {&listener, sizeof listener};
  if (writev(tell, &word, 1) != sizeof listener)
    return errno;
  // A table of descriptors that is shared would make each call with a descriptor dearer.
  return listener < 0 ? -listener : unshare(CLONE_FILES) ? errno : 0;
}

/// The table of descriptors is shared at first, so that the parent gets the listener.
int arm_seccomp_notify(struct bench_task *task) {
  int pipes[2], listener = -1;
  if (pipe(pipes))
    return errno;
  long child = syscall(SYS_clone, CLONE_FILES | SIGCHLD, 0, 0, 0, 0);
  if (child < 0)
    return errno;
  if (child == 0)
    return ask(task, pipes[1]);
  if (read(pipes[0], &listener, sizeof listener) != sizeof listener || listener < 0)
    _exit(1);
  bench_answer(listener);
}
