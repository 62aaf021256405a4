// SPDX-License-Identifier: Apache-2.0 WITH Swift-exception
// Blocked calls at sites called before: interrupted, restarted, stopped and continued.
#include "site.h"
#include <linux/futex.h>
#include <sys/epoll.h>

SHORT_SITE(reading, 0)
SHORT_SITE(sleeping, 35)
SHORT_SITE(locking, 202)
SHORT_SITE(polling, 232)
SHORT_SITE(pausing, 34)
static volatile int handled, restarts;
static int ends[2], poller, word;
static greg_t rips[64], raxes[64];

static void handler(int signal, siginfo_t *info, void *context) {
  (void)signal, (void)info;
  greg_t *registers = ((ucontext_t *)context)->uc_mcontext.gregs;
  if (handled < 64) {
    rips[handled] = registers[REG_RIP];
    raxes[handled] = registers[REG_RAX];
  }
  handled++;
  if (restarts && handled >= restarts)
    write(ends[1], "x", 1);
}

static struct timespec wait_time, rest;
static char byte;
static struct epoll_event event;

static long read_it(bool ready) {
  if (ready)
    write(ends[1], "x", 1);
  return reading(ends[0], (long)&byte, 1, 0, 0, 0);
}
static long sleep_it(bool ready) {
  wait_time = (struct timespec){ready ? 0 : 10, 1000};
  return sleeping((long)&wait_time, (long)&rest, 0, 0, 0, 0);
}
static long lock_it(bool ready) { return locking((long)&word, FUTEX_WAIT, ready ? 1 : 0, 0, 0, 0); }
static long lock_for_a_time(bool ready) {
  wait_time = (struct timespec){10, 0};
  return locking((long)&word, FUTEX_WAIT, ready ? 1 : 0, (long)&wait_time, 0, 0);
}
static long poll_it(bool ready) { return polling(poller, (long)&event, 1, ready ? 0 : -1, 0, 0); }

static void interrupt(const char *what, long (*call)(bool), const char *at, const char *behind) {
  for (int round = 0; round < 5; round++)
    call(true);
  for (int flags = 0; flags <= SA_RESTART; flags += SA_RESTART) {
    on(SIGUSR1, handler, flags);
    handled = 0;
    restarts = flags && call == read_it ? 3 : 0;
    // Those that SA_RESTART restarts for ever are left out.
    if (flags && call == lock_it)
      continue;
    timer_t timer = every(SIGUSR1, 20000000);
    long value = call(false);
    timer_delete(timer);
    printf("%s%s: %s, handled %s\n", what, flags ? ", restarting" : "", raw_result(value),
           handled == 0 ? "never"
           : restarts   ? "often"
                        : "at least once");
    // Natively a call that is restarted stands at its instruction with its number in rax.
    bool restarted = flags && call == read_it;
    int last = handled < 64 ? handled - 1 : 63;
    expect(rips[last > 0 ? last - 1 : 0] == (greg_t)(restarted ? at : behind) || !restarted,
           "%s: address", what);
    if (!restarted)
      expect(rips[0] == (greg_t)behind && raxes[0] == -EINTR, "%s: context", what);
    else
      expect(raxes[0] == SYS_read, "%s: number", what);
  }
}

int main(void) {
  start();
  pipe(ends);
  poller = epoll_create1(0);
  interrupt("read", read_it, reading_call, reading_behind);
  interrupt("nanosleep", sleep_it, sleeping_call, sleeping_behind);
  interrupt("futex", lock_it, locking_call, locking_behind);
  interrupt("futex with a time", lock_for_a_time, locking_call, locking_behind);
  interrupt("epoll_wait", poll_it, polling_call, polling_behind);
  // A sleep goes on where it was after a stop without a handler.
  pid_t child = fork();
  if (child == 0) {
    struct timespec before, after;
    clock_gettime(CLOCK_MONOTONIC, &before);
    wait_time = (struct timespec){0, 300000000};
    long value = sleeping((long)&wait_time, 0, 0, 0, 0, 0);
    clock_gettime(CLOCK_MONOTONIC, &after);
    double time =
        (double)(after.tv_sec - before.tv_sec) + (double)(after.tv_nsec - before.tv_nsec) / 1e9;
    _exit(value == 0 && time >= 0.29 ? 7 : 1);
  }
  for (int round = 0; round < 3; round++) {
    sleep_ms(30);
    kill(child, SIGSTOP);
    sleep_ms(10);
    kill(child, SIGCONT);
  }
  printf("stopped while asleep: %s\n", wait_for(child));
  // Signals that are held while a call is blocked do not end it: SIGSEGV blocked, sent from
  // outside.
  sigset_t set = set_of(SIGSEGV, SIGSYS, 0);
  int ready[2];
  pipe(ready);
  child = fork();
  if (child == 0) {
    sigprocmask(SIG_BLOCK, &set, NULL);
    write(ready[1], "r", 1);
    long value = read_it(false);
    sigset_t pending;
    sigpending(&pending);
    _exit(value == 1 && sigismember(&pending, SIGSEGV) && sigismember(&pending, SIGSYS) ? 8 : 1);
  }
  read(ready[0], &byte, 1);
  sleep_ms(50);
  kill(child, SIGSEGV);
  kill(child, SIGSYS);
  sleep_ms(50);
  write(ends[1], "z", 1);
  printf("blocked signals: %s\n", wait_for(child));
  return finish();
}
