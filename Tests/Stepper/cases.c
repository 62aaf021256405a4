// SPDX-License-Identifier: Apache-2.0 WITH Swift-exception
// The calls that are stepped through, and how each tells that it was made exactly once.
#include "victim.h"
#include <fcntl.h>
#include <linux/sched.h>
#include <poll.h>
#include <sched.h>
#include <sys/epoll.h>
#include <sys/ioctl.h>
#include <sys/syscall.h>
#include <sys/timerfd.h>

static int file, ends[2], watch;
static long start;
static uint64_t set_one, set_two;
static struct timespec brief, none = {0, 0};
static const uint64_t untouched = 0x5a5a5a5a5a5a5a5a;

static uint64_t usual(void) { return base_mask; }

static void make_file(void) { file = open("/proc/self/exe", O_RDONLY); }
static void make_pipe(void) {
  if (pipe(ends) != 0)
    abort();
}

// Calls that leave no trace but in the counters.

static void getppid_before(void) { arguments(SYS_getppid, 1, 2, 3, 4, 5, 6); }
static bool getppid_right(long result) { return result > 0; }

static void unknown_before(void) { arguments(999, 1, 2, 3, 4, 5, 6); }
static bool unknown_right(long result) { return result == -ENOSYS; }

static void prctl_before(void) { arguments(SYS_prctl, 59, 0, 0, 0, 0, 0); }
static bool invalid_right(long result) { return result == -EINVAL; }
static bool fault_right(long result) { return result == -EFAULT; }
static bool zero_right(long result) { return result == 0; }

// A file's position.

static long position(void) { return raw(SYS_lseek, file, 0, SEEK_CUR, 0, 0, 0); }
static void lseek_before(void) {
  start = position();
  arguments(SYS_lseek, file, 1, SEEK_CUR, 0, 0, 0);
}
static long lseek_effects(void) { return position() - start; }
static bool lseek_right(long result) { return result == position(); }

static void lseek32_before(void) {
  start = position();
  arguments(19, file, 1, SEEK_CUR, 0, 0, 0);
}

// Bytes in a pipe.

static long queued(void) {
  int count = 0;
  raw(SYS_ioctl, ends[0], FIONREAD, (long)&count, 0, 0, 0);
  return count;
}
static void write_before(void) { arguments(SYS_write, ends[1], (long)"x", 1, 0, 0, 0); }
static bool write_right(long result) {
  char byte = 0;
  raw(SYS_read, ends[0], (long)&byte, 1, 0, 0, 0);
  return result == 1 && byte == 'x' && queued() == 0;
}
static char got;
static void read_before(void) {
  raw(SYS_write, ends[1], (long)"yz", 2, 0, 0, 0);
  got = 0;
  arguments(SYS_read, ends[0], (long)&got, 1, 0, 0, 0);
}
static long read_effects(void) { return 2 - queued(); }
static bool read_right(long result) {
  bool right = result == 1 && got == 'y';
  char byte;
  while (queued() > 0)
    raw(SYS_read, ends[0], (long)&byte, 1, 0, 0, 0);
  return right;
}

// Waiting.

static void nanosleep_before(void) {
  brief.tv_nsec = shared->sleep;
  arguments(SYS_nanosleep, (long)&brief, 0, 0, 0, 0, 0);
}
static uint32_t word;
static void futex_before(void) {
  brief.tv_nsec = shared->sleep;
  arguments(SYS_futex, (long)&word, 0, 0, (long)&brief, 0, 0);
}
static bool timeout_right(long result) { return result == -ETIMEDOUT; }

static uint64_t expirations;
static void timer_setup(void) { watch = timerfd_create(CLOCK_MONOTONIC, 0); }
static void timer_before(void) {
  brief.tv_nsec = shared->sleep;
  struct itimerspec spec = {{0, 0}, brief};
  raw(SYS_timerfd_settime, watch, 0, (long)&spec, 0, 0, 0);
  arguments(SYS_read, watch, (long)&expirations, 8, 0, 0, 0);
}
static bool timer_right(long result) { return result == 8; }

static struct pollfd polled;
static struct timespec left;
static void poll_setup(void) {
  make_pipe();
  polled = (struct pollfd){ends[0], POLLIN, 0};
  watch = epoll_create1(0);
  struct epoll_event event = {EPOLLIN, {0}};
  epoll_ctl(watch, EPOLL_CTL_ADD, ends[0], &event);
}
static void ppoll_before(void) {
  left.tv_sec = 0;
  left.tv_nsec = shared->sleep;
  set_one = 0;
  arguments(SYS_ppoll, (long)&polled, 1, (long)&left, (long)&set_one, 8, 0);
}
static struct epoll_event happened;
static void epoll_before(void) {
  set_one = 0;
  arguments(SYS_epoll_pwait, watch, (long)&happened, 1, 1 + shared->sleep / 1000000, (long)&set_one,
            8);
}
static struct { uint64_t address, size; } packed;
static void pselect_before(void) {
  left.tv_sec = 0;
  left.tv_nsec = shared->sleep;
  set_one = 0;
  packed.address = (uint64_t)&set_one;
  packed.size = 8;
  arguments(SYS_pselect6, 0, 0, 0, 0, (long)&left, (long)&packed);
}

// A signal of the case's own.

static void queue_own(void) {
  siginfo_t info = {.si_signo = SIGRTMIN, .si_code = SI_QUEUE};
  info.si_value.sival_ptr = (void *)shared->serial;
  long pid = raw(SYS_getpid, 0, 0, 0, 0, 0, 0);
  raw(SYS_rt_sigqueueinfo, pid, SIGRTMIN, (long)&info, 0, 0, 0);
}
static void drain_own(void) {
  set_mask(mask_before);
  while (pending_signals() & bit(SIGRTMIN)) {
    uint64_t set = bit(SIGRTMIN);
    raw(SYS_rt_sigtimedwait, (long)&set, 0, (long)&none, 8, 0, 0);
  }
}
static void pend_own(void) {
  mask_before = mask_after = usual() | bit(SIGRTMIN);
  drain_own();
  queue_own();
}
static long own_effects(void) { return !(pending_signals() & bit(SIGRTMIN)); }

static void suspend_before(void) {
  pend_own();
  set_one = 0;
  shared->own[SIGRTMIN] = 1;
  arguments(SYS_rt_sigsuspend, (long)&set_one, 8, 0, 0, 0, 0);
}
static bool interrupted_right(long result) { return result == -EINTR; }

static siginfo_t waited;
static void timedwait_before(void) {
  pend_own();
  memset(&waited, 0, sizeof waited);
  set_one = bit(SIGRTMIN);
  arguments(SYS_rt_sigtimedwait, (long)&set_one, (long)&waited, (long)&none, 8, 0, 0);
}
static bool timedwait_right(long result) {
  return result == SIGRTMIN && waited.si_signo == SIGRTMIN && waited.si_code == SI_QUEUE;
}

static void pending_before(void) {
  pend_own();
  set_two = untouched;
  arguments(SYS_rt_sigpending, (long)&set_two, 8, 0, 0, 0, 0);
}
static bool pending_right(long result) {
  return result == 0 && (set_two & (bit(SIGRTMIN) | ~base_mask)) == bit(SIGRTMIN);
}

static void tgkill_before(void) {
  shared->own[SIGRTMIN] = 1;
  mask_before = mask_after = usual();
  set_mask(mask_before);
  long pid = raw(SYS_getpid, 0, 0, 0, 0, 0, 0);
  arguments(SYS_tgkill, pid, pid, SIGRTMIN, 0, 0, 0);
}
static void tgkill_reserved_before(void) {
  tgkill_before();
  shared->own[SIGRTMIN] = 0;
  shared->own[SIGSEGV] = 1;
  call_arguments[3] = SIGSEGV;
}

// Reserved signals that are held.

static void hold_own(void) {
  mask_before = mask_after = usual();
  set_mask(mask_before);
  send_self(SIGSEGV);
  send_self(SIGSYS);
  shared->own[SIGSEGV] = shared->own[SIGSYS] = 1;
}
static void held_unblock_before(void) {
  hold_own();
  set_one = bit(SIGSEGV) | bit(SIGSYS);
  set_two = untouched;
  mask_after = usual() & ~set_one;
  arguments(SYS_rt_sigprocmask, SIG_UNBLOCK, (long)&set_one, (long)&set_two, 8, 0, 0);
}
static bool held_unblock_right(long result) {
  if (shared->ran[SIGSEGV] == 0 || shared->ran[SIGSYS] == 0)
    wrong("after: held signals did not come with the call");
  return result == 0 && set_two == mask_before;
}
static void held_wait_before(void) {
  hold_own();
  memset(&waited, 0, sizeof waited);
  shared->own[SIGSYS] = 1;
  set_one = bit(SIGSEGV);
  arguments(SYS_rt_sigtimedwait, (long)&set_one, (long)&waited, (long)&none, 8, 0, 0);
}
static bool held_wait_right(long result) {
  return result == SIGSEGV && waited.si_signo == SIGSEGV && waited.si_code < 0;
}
static void held_pending_before(void) {
  hold_own();
  set_two = untouched;
  arguments(SYS_rt_sigpending, (long)&set_two, 8, 0, 0, 0, 0);
}
static bool held_pending_right(long result) {
  uint64_t held = bit(SIGSEGV) | bit(SIGSYS);
  return result == 0 && (set_two & held) == held && (set_two & ~base_mask) == 0;
}
static void held_suspend_before(void) {
  hold_own();
  set_one = mask_waiting = ~(bit(SIGSEGV) | bit(SIGKILL) | bit(SIGSTOP) | bit(SIGTRAP));
  arguments(SYS_rt_sigsuspend, (long)&set_one, 8, 0, 0, 0, 0);
}
static bool held_suspend_right(long result) {
  if (shared->ran[SIGSEGV] == 0)
    wrong("after: the held signal did not end the wait");
  if (shared->ran[SIGSYS] != 0)
    wrong("after: a signal came that the wait blocks");
  return result == -EINTR;
}

// Masks, actions, stacks.

static const int spare = 40;

static void mask_round(int how, uint64_t set) {
  mask_before = usual() | bit(41);
  mask_after = how == SIG_BLOCK ? mask_before | set : how == SIG_SETMASK ? set : mask_before & ~set;
  set_mask(mask_before);
  set_one = set;
  set_two = untouched;
  arguments(SYS_rt_sigprocmask, how, (long)&set_one, (long)&set_two, 8, 0, 0);
}
static bool mask_right(long result) { return result == 0 && set_two == mask_before; }
static void block_before(void) { mask_round(SIG_BLOCK, bit(spare)); }
static void unblock_before(void) { mask_round(SIG_UNBLOCK, bit(41)); }
static void setmask_before(void) { mask_round(SIG_SETMASK, usual() | bit(spare)); }
static void same_before(void) {
  mask_round(SIG_BLOCK, bit(spare));
  call_arguments[3] = call_arguments[2];
}
static bool same_right(long result) { return result == 0 && set_one == mask_before; }
static void unblock_own_before(void) {
  mask_before = usual() | bit(SIGRTMIN);
  drain_own();
  mask_round(SIG_UNBLOCK, bit(SIGRTMIN));
  mask_before |= bit(SIGRTMIN);
  mask_after = mask_before & ~bit(SIGRTMIN);
  set_mask(mask_before);
  queue_own();
  shared->own[SIGRTMIN] = 1;
}
static void mask_query_before(void) {
  mask_round(SIG_BLOCK, 0);
  call_arguments[2] = 0;
}
static void mask_fault_before(void) {
  mask_round(SIG_BLOCK, 0);
  call_arguments[2] = 8;
}
static void mask_invalid_before(void) {
  mask_round(SIG_BLOCK, 0);
  call_arguments[1] = 7;
}

struct kernel_action {
  uint64_t handler, flags, restorer, mask;
};
static struct kernel_action action, old_action;
static uint64_t last_handler;
static void action_before(void) {
  struct kernel_action now;
  if (action.restorer == 0)
    raw(SYS_rt_sigaction, SIGUSR1, 0, (long)&action, 8, 0, 0);
  raw(SYS_rt_sigaction, spare, 0, (long)&now, 8, 0, 0);
  last_handler = now.handler;
  action.handler = last_handler + 16;
  action.flags |= SA_SIGINFO;
  memset(&old_action, 0x5a, sizeof old_action);
  arguments(SYS_rt_sigaction, spare, (long)&action, (long)&old_action, 8, 0, 0);
}
static long action_effects(void) {
  struct kernel_action now;
  raw(SYS_rt_sigaction, spare, 0, (long)&now, 8, 0, 0);
  return (long)(now.handler - last_handler) / 16;
}
static bool action_right(long result) { return result == 0 && old_action.handler == last_handler; }
static void action_fault_before(void) { arguments(SYS_rt_sigaction, spare, 8, 0, 8, 0, 0); }

static stack_t stack, old_stack;
static void stack_before(void) {
  stack_t now;
  raw(SYS_sigaltstack, 0, (long)&now, 0, 0, 0, 0);
  memset(&old_stack, 0x5a, sizeof old_stack);
  stack = now;
  if (now.ss_flags & SS_DISABLE)
    stack.ss_size = 0;
  arguments(SYS_sigaltstack, (long)&stack, (long)&old_stack, 0, 0, 0, 0);
}
static bool stack_right(long result) { return result == 0 && old_stack.ss_sp == stack.ss_sp; }

// Descriptors.

static long lowest(void) {
  long descriptor = raw(SYS_dup, 0, 0, 0, 0, 0, 0);
  raw(SYS_close, descriptor, 0, 0, 0, 0, 0);
  return descriptor;
}
static long opened_effects(void) { return lowest() - start; }
static bool opened_right(long result) {
  raw(SYS_close, start, 0, 0, 0, 0, 0);
  return result == start;
}
static void open_before(void) {
  start = lowest();
  arguments(SYS_openat, AT_FDCWD, (long)"/dev/null", O_RDONLY, 0, 0, 0);
}
static void open_self_before(void) {
  start = lowest();
  arguments(SYS_openat, AT_FDCWD, (long)"/proc/self/exe", O_RDONLY, 0, 0, 0);
}
static void dup_before(void) {
  start = lowest();
  arguments(SYS_dup, 0, 0, 0, 0, 0, 0);
}
static char name[256];
static void readlink_before(void) {
  memset(name, 0, sizeof name);
  arguments(SYS_readlink, (long)"/proc/self/exe", (long)name, sizeof name, 0, 0, 0);
}
static bool readlink_right(long result) { return result > 0 && (size_t)result == strlen(name); }

// Programs.

static char *executed_vector[] = {"victim", "executed", NULL};
static void exec_fails_before(void) {
  start = lowest();
  arguments(SYS_execve, (long)"/nonexistent/program", (long)executed_vector,
            (long)&executed_vector[2], 0, 0, 0);
}
static bool exec_fails_right(long result) { return result == -ENOENT && lowest() == start; }
static void exec_before(void) {
  arguments(SYS_execve, (long)"/proc/self/exe", (long)executed_vector, (long)&executed_vector[2], 0,
            0, 0);
}
static bool exec_right(long status) {
  int sent = 0;
  for (int i = 1; i <= 64 && base_mask; i++)
    sent += (int)shared->injected[i];
  return status == (20 + sent) << 8;
}

// Children.

static int32_t child_tid;
static long wait_right(long result) {
  int status = 0;
  long pid;
  do
    pid = raw(SYS_wait4, result, (long)&status, __WALL, 0, 0, 0);
  while (pid == -EINTR);
  shared->calls++; // the child's
  return pid == result && status == 9 << 8;
}
static bool process_right(long result) {
  return result > 0 && wait_right(result) && raw(SYS_wait4, -1, 0, __WALL, 0, 0, 0) == -ECHILD;
}
static void fork_before(void) { arguments(SYS_fork, 1, 2, 3, 4, 5, 6); }
static void vfork_before(void) { arguments(SYS_vfork, 1, 2, 3, 4, 5, 6); }

static bool thread_right(long result) {
  int32_t now;
  while ((now = __atomic_load_n(&child_tid, __ATOMIC_ACQUIRE)) != 0)
    raw(SYS_futex, (long)&child_tid, 0, now, 0, 0, 0);
  shared->calls++; // the child's
  return result > 0;
}
static const long thread_flags = CLONE_VM | CLONE_FS | CLONE_FILES | CLONE_SIGHAND | CLONE_THREAD |
                                 CLONE_SYSVSEM | CLONE_CHILD_CLEARTID;
static void thread_before(void) {
  child_tid = 1;
  arguments(SYS_clone, thread_flags, (long)(child_stack + sizeof child_stack), 0, (long)&child_tid,
            0, 0);
}
static struct clone_args wanted;
static void clone3_before(void) {
  child_tid = 1;
  memset(&wanted, 0, sizeof wanted);
  wanted.flags = (uint64_t)thread_flags;
  wanted.child_tid = (uint64_t)&child_tid;
  wanted.stack = (uint64_t)child_stack;
  wanted.stack_size = sizeof child_stack;
  arguments(SYS_clone3, (long)&wanted, sizeof wanted, 0, 0, 0, 0);
}

static void exit_group_before(void) { arguments(SYS_exit_group, 7, 0, 0, 0, 0, 0); }
static void exit_before(void) { arguments(SYS_exit, 7, 0, 0, 0, 0, 0); }
static bool exit_right(long status) { return status == 7 << 8; }

static void vsyscall_before(void) { arguments((long)0xffffffffff600400, 0, 0, 0, 0, 0, 0); }
static bool vsyscall_right(long result) { return result > 1000000000; }

#define INTERRUPTED CASE_INTERRUPTED
#define SLEEPS (CASE_INTERRUPTED | CASE_SLEEPS)
#define CHILD (CASE_FORKS | CASE_STEPS_CHILD)

const struct step_case cases[] = {
    {"getppid", 0, NULL, getppid_before, NULL, getppid_right},
    {"unknown", 0, NULL, unknown_before, NULL, unknown_right},
    {"prctl", 0, NULL, prctl_before, NULL, zero_right},
    {"lseek", 0, make_file, lseek_before, lseek_effects, lseek_right},
    {"lseek-i386", CASE_I386, make_file, lseek32_before, lseek_effects, lseek_right},
    {"write", 0, make_pipe, write_before, queued, write_right},
    {"read", 0, make_pipe, read_before, read_effects, read_right},
    {"open", 0, NULL, open_before, opened_effects, opened_right},
    {"open-self", 0, NULL, open_self_before, opened_effects, opened_right},
    {"dup", 0, NULL, dup_before, opened_effects, opened_right},
    {"readlink-self", 0, NULL, readlink_before, NULL, readlink_right},
    {"read-timer", SLEEPS | CASE_RESTARTS, timer_setup, timer_before, NULL, timer_right},
    {"nanosleep", SLEEPS, NULL, nanosleep_before, NULL, zero_right},
    {"futex", SLEEPS, NULL, futex_before, NULL, timeout_right},
    {"ppoll", SLEEPS | CASE_WAITS, poll_setup, ppoll_before, NULL, zero_right},
    {"pselect", SLEEPS | CASE_WAITS, NULL, pselect_before, NULL, zero_right},
    {"epoll-pwait", SLEEPS | CASE_WAITS, poll_setup, epoll_before, NULL, zero_right},
    {"sigsuspend", INTERRUPTED | CASE_WAITS, NULL, suspend_before, NULL, interrupted_right},
    {"sigtimedwait", INTERRUPTED, NULL, timedwait_before, own_effects, timedwait_right},
    {"sigpending", 0, NULL, pending_before, NULL, pending_right},
    {"tgkill", 0, NULL, tgkill_before, NULL, zero_right},
    {"tgkill-reserved", CASE_MERGES, NULL, tgkill_reserved_before, NULL, zero_right},
    {"held-unblock", CASE_BLOCKED | CASE_MERGES, NULL, held_unblock_before, NULL,
     held_unblock_right},
    {"held-wait", CASE_BLOCKED | CASE_MERGES, NULL, held_wait_before, NULL, held_wait_right},
    {"held-pending", CASE_BLOCKED | CASE_MERGES, NULL, held_pending_before, NULL,
     held_pending_right},
    {"held-suspend", CASE_BLOCKED | CASE_MERGES | CASE_WAITS, NULL, held_suspend_before, NULL,
     held_suspend_right},
    {"sigprocmask-block", 0, NULL, block_before, NULL, mask_right},
    {"sigprocmask-unblock", 0, NULL, unblock_before, NULL, mask_right},
    {"sigprocmask-set", 0, NULL, setmask_before, NULL, mask_right},
    {"sigprocmask-same", 0, NULL, same_before, NULL, same_right},
    {"sigprocmask-own", 0, NULL, unblock_own_before, NULL, mask_right},
    {"sigprocmask-query", 0, NULL, mask_query_before, NULL, mask_right},
    {"sigprocmask-fault", 0, NULL, mask_fault_before, NULL, fault_right},
    {"sigprocmask-invalid", 0, NULL, mask_invalid_before, NULL, invalid_right},
    {"sigaction", 0, NULL, action_before, action_effects, action_right},
    {"sigaction-fault", 0, NULL, action_fault_before, NULL, fault_right},
    {"sigaltstack", 0, NULL, stack_before, NULL, stack_right},
    {"execve-fails", 0, NULL, exec_fails_before, NULL, exec_fails_right},
    {"fork", CASE_FORKS, NULL, fork_before, NULL, process_right},
    {"vfork", CASE_FORKS, NULL, vfork_before, NULL, process_right},
    {"clone", CASE_FORKS, NULL, thread_before, NULL, thread_right},
    {"clone3", CASE_FORKS, NULL, clone3_before, NULL, thread_right},
    {"fork-child", CHILD, NULL, fork_before, NULL, process_right},
    {"vfork-child", CHILD, NULL, vfork_before, NULL, process_right},
    {"clone-child", CHILD | CASE_THREAD, NULL, thread_before, NULL, thread_right},
    {"exit-group", CASE_ENDS, NULL, exit_group_before, NULL, exit_right},
    {"exit", CASE_ENDS, NULL, exit_before, NULL, exit_right},
    {"execve", CASE_ENDS | CASE_EXECS | CASE_UNCOUNTED, NULL, exec_before, NULL, exec_right},
    {"vsyscall", CASE_SECCOMP | CASE_NO_SITE, NULL, vsyscall_before, NULL, vsyscall_right},
};
const unsigned case_count = sizeof cases / sizeof *cases;
