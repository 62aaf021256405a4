// SPDX-License-Identifier: Apache-2.0 WITH Swift-exception
// ppoll, pselect and epoll_pwait change the mask while they wait, and put it back.
#include "../target.h"
#include <sys/epoll.h>
#include <sys/select.h>

static volatile int caught, count;
static sigset_t inside;
static void handler(int signal) {
  caught = signal;
  count++;
  inside = blocked();
}

static int pipe_ends[2], epoll;

static long wait_by(int way, const sigset_t *mask, int milliseconds) {
  struct timespec time = {milliseconds / 1000, milliseconds % 1000 * 1000000};
  struct epoll_event event;
  fd_set set;
  struct pollfd one = {pipe_ends[0], POLLIN, 0};
  switch (way) {
  case 0:
    return ppoll(&one, 1, &time, mask);
  case 1:
    FD_ZERO(&set);
    FD_SET(pipe_ends[0], &set);
    return pselect(pipe_ends[0] + 1, &set, NULL, NULL, &time, mask);
  case 2:
    return epoll_pwait(epoll, &event, 1, milliseconds, mask);
  default:
    return syscall(SYS_epoll_pwait2, epoll, &event, 1, &time, mask, 8L);
  }
}

int main(void) {
  start();
  static const char *const ways[] = {"ppoll", "pselect", "epoll_pwait", "epoll_pwait2"};
  struct sigaction action = {.sa_handler = handler, .sa_flags = SA_RESTART};
  sigaction(SIGUSR1, &action, NULL);
  sigaction(SIGUSR2, &action, NULL);
  sigset_t normal = set_of(SIGUSR1, SIGUSR2, 0), now;
  sigprocmask(SIG_SETMASK, &normal, NULL);
  pipe(pipe_ends);
  epoll = epoll_create1(0);
  struct epoll_event event = {.events = EPOLLIN};
  epoll_ctl(epoll, EPOLL_CTL_ADD, pipe_ends[0], &event);
  for (int way = 0; way < 4; way++) {
    sigset_t mask = set_of(SIGUSR2, SIGSYS, SIGHUP, 0);
    raise(SIGUSR1);
    raise(SIGUSR2);
    caught = count = 0;
    printf("%s: %s\n", ways[way], result(wait_by(way, &mask, 5000)));
    printf("%s: caught %s, inside %s\n", ways[way], caught ? sigabbrev_np(caught) : "none",
           names(&inside));
    now = blocked();
    printf("%s: afterwards %s\n", ways[way], names(&now));
    sigpending(&now);
    printf("%s: pending %s\n", ways[way], names(&now));
    // When time is over no handler runs, and the mask is back too.
    caught = 0;
    printf("%s: time over gives %ld, caught %d\n", ways[way], wait_by(way, &mask, 10), caught);
    // With something to read it returns at once and the signal stays pending.
    write(pipe_ends[1], "x", 1);
    raise(SIGUSR1);
    long value = wait_by(way, &normal, 5000);
    sigpending(&now);
    printf("%s: ready gives %ld, pending %s\n", ways[way], value, names(&now));
    char byte;
    read(pipe_ends[0], &byte, 1);
    sigset_t none = set_of(0, 0);
    count = 0;
    wait_by(way, &none, 5000);
    printf("%s: both handlers %d\n", ways[way], count);
    // Signals that come later.
    timer_t timer = every(SIGUSR1, 10000000);
    printf("%s: later %s\n", ways[way], result(wait_by(way, &mask, 5000)));
    timer_delete(timer);
    sigset_t one = set_of(SIGUSR1, 0);
    struct timespec zero = {0, 0};
    while (sigtimedwait(&one, NULL, &zero) > 0)
      ;
    now = blocked();
    printf("%s: finally %s\n", ways[way], names(&now));
  }
  return finish();
}
