// SPDX-License-Identifier: Apache-2.0 WITH Swift-exception
// The storm: an alarm for the process, a timer for each worker, and signals from a thread.

#include "soak.h"

#include <pthread.h>
#include <sys/syscall.h>
#include <sys/time.h>
#include <time.h>

enum { ALTERNATE_SIZE = 16384, CODE_QUEUE = -1, CODE_TKILL = -6 };

/// What a handler must find; kept so that a changed value is seen.
static const long MARK = 0x5eed;

static void check_context(const siginfo_t *info, const void *context) {
  const ucontext_t *at = context;
  // The interrupted stack pointer is of this thread's target: never 0, always in user space.
  EXPECT(at->uc_mcontext.gregs[REG_RSP] > 4096, 1);
  EXPECT(at->uc_mcontext.gregs[REG_RIP] > 4096, 1);
  EXPECT(info->si_signo > 0, 1);
}

static void on_plain(int signal, siginfo_t *info, void *context) {
  int kept = errno;
  check_context(info, context);
  EXPECT(info->si_signo, signal);
  plain++;
  // A call from a handler, whose result cannot be mistaken for another's. It may not be a point of
  // cancellation: in glibc 2.36 one that stands on top of the handler of a cancellation, in
  // a thread being cancelled, waits for that handler for ever, natively as well.
  EXPECT(syscall(SYS_close, -1), -1);
  EXPECT(errno, EBADF);
  errno = kept;
}

static void on_queued(int signal, siginfo_t *info, void *context) {
  int kept = errno;
  check_context(info, context);
  EXPECT(signal, SIGRTMIN + 1);
  EXPECT(info->si_code, CODE_QUEUE);
  EXPECT(info->si_value.sival_ptr == (void *)MARK, 1);
  arrived++;
  errno = kept;
}

static void install(int signal, void (*handler)(int, siginfo_t *, void *), int flags) {
  struct sigaction action = {.sa_sigaction = handler, .sa_flags = SA_SIGINFO | flags};
  sigemptyset(&action.sa_mask);
  sigaddset(&action.sa_mask, SIGUSR2);
  EXPECT(sigaction(signal, &action, 0), 0);
}

void storm_handlers(void) {
  install(SIGALRM, on_plain, SA_RESTART);
  install(SIGUSR1, on_plain, 0);
  install(SIGUSR2, on_plain, SA_RESTART | SA_NODEFER);
  install(SIGRTMIN, on_plain, SA_RESTART | SA_ONSTACK);
  install(SIGRTMIN + 1, on_queued, SA_ONSTACK);
}

timer_t storm_timer_start(pid_t tid) {
  static _Thread_local char alternate[ALTERNATE_SIZE];
  stack_t stack = {.ss_sp = alternate, .ss_size = sizeof alternate};
  EXPECT(sigaltstack(&stack, 0), 0);
  struct sigevent event = {.sigev_notify = SIGEV_THREAD_ID, .sigev_signo = SIGRTMIN};
  event._sigev_un._tid = tid;
  timer_t timer;
  EXPECT(timer_create(CLOCK_MONOTONIC, &event, &timer), 0);
  struct itimerspec often = {{0, 1700000}, {0, 1700000}};
  EXPECT(timer_settime(timer, 0, &often, 0), 0);
  return timer;
}

static void send_plain(pid_t tid, int signal) {
  EXPECT(syscall(SYS_tgkill, getpid(), tid, signal), 0);
}

static void send_queued(pid_t tid) {
  siginfo_t info = {.si_code = CODE_QUEUE};
  info.si_pid = getpid();
  info.si_uid = getuid();
  info.si_value.sival_ptr = (void *)MARK;
  // Counted before it is sent: it may arrive at once.
  queued++;
  if (syscall(SYS_rt_tgsigqueueinfo, getpid(), tid, SIGRTMIN + 1, &info)) {
    EXPECT(errno, EAGAIN);
    queued--;
  }
}

void *storm_main(void *ready) {
  sigset_t all;
  sigfillset(&all);
  pthread_sigmask(SIG_SETMASK, &all, 0);
  pthread_barrier_wait(ready);
  struct itimerval often = {{0, 2300}, {0, 2300}}, never = {{0, 0}, {0, 0}};
  EXPECT(setitimer(ITIMER_REAL, &often, 0), 0);
  uint64_t random = 1;
  while (!stopping) {
    pid_t tid = worker_tids[next_random(&random) % WORKERS];
    switch (next_random(&random) % 3) {
    case 0:
      send_plain(tid, SIGUSR1);
      break;
    case 1:
      send_plain(tid, SIGUSR2);
      break;
    default:
      send_queued(tid);
    }
    if (next_random(&random) % 8 == 0)
      usleep(300);
  }
  EXPECT(setitimer(ITIMER_REAL, &never, 0), 0);
  return 0;
}
