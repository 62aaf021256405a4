// SPDX-License-Identifier: Apache-2.0 WITH Swift-exception
// Without SA_RESTART a blocked call gives EINTR; some calls do so always.
#include "../target.h"
#include <linux/futex.h>
#include <sys/epoll.h>
#include <sys/select.h>
#include <sys/socket.h>
#include <sys/un.h>

static volatile int handled;
static void handler(int signal) {
  (void)signal;
  handled++;
}

static int ends[2], server, epoll, word = 1;
static pid_t child;

static long block(int way) {
  char byte;
  struct pollfd one = {ends[0], POLLIN, 0};
  struct epoll_event event;
  struct timespec time = {20, 0}, left;
  fd_set set;
  switch (way) {
  case 0:
    return read(ends[0], &byte, 1);
  case 1:
    return waitpid(child, NULL, 0);
  case 2:
    return accept(server, NULL, NULL);
  case 3:
    return syscall(SYS_futex, &word, FUTEX_WAIT, 1, NULL, NULL, 0);
  case 4: {
    siginfo_t info;
    return waitid(P_PID, (id_t)child, &info, WEXITED);
  }
  case 5:
    return poll(&one, 1, 20000);
  case 6:
    return epoll_wait(epoll, &event, 1, 20000);
  case 7:
    FD_ZERO(&set);
    FD_SET(ends[0], &set);
    return select(ends[0] + 1, &set, NULL, NULL, NULL);
  case 8:
    return nanosleep(&time, &left);
  case 9:
    errno = clock_nanosleep(CLOCK_MONOTONIC, 0, &time, &left);
    return errno ? -1 : 0;
  case 10:
    return pause();
  case 11:
    return syscall(SYS_futex, &word, FUTEX_WAIT, 1, &time, NULL, 0);
  default: {
    struct timeval timeout = {20, 0};
    setsockopt(server, SOL_SOCKET, SO_RCVTIMEO, &timeout, sizeof timeout);
    return accept(server, NULL, NULL);
  }
  }
}

int main(void) {
  start();
  static const char *const calls[] = {"read",
                                      "waitpid",
                                      "accept",
                                      "futex",
                                      "waitid",
                                      "poll",
                                      "epoll_wait",
                                      "select",
                                      "nanosleep",
                                      "clock_nanosleep",
                                      "pause",
                                      "futex with a time",
                                      "accept with a time"};
  pipe(ends);
  server = socket(AF_UNIX, SOCK_STREAM, 0);
  struct sockaddr_un name = {.sun_family = AF_UNIX, .sun_path = "socket"};
  bind(server, (struct sockaddr *)&name, sizeof name);
  listen(server, 5);
  epoll = epoll_create1(0);
  struct epoll_event event = {.events = EPOLLIN};
  epoll_ctl(epoll, EPOLL_CTL_ADD, ends[0], &event);
  child = fork();
  if (child == 0)
    for (;;)
      pause();
  for (int way = 0; way < 13; way++) {
    // From the sixth on, SA_RESTART makes no difference.
    struct sigaction action = {.sa_handler = handler, .sa_flags = way >= 5 ? SA_RESTART : 0};
    if (way == 11)
      action.sa_flags = 0;
    sigaction(SIGUSR1, &action, NULL);
    handled = 0;
    timer_t timer = every(SIGUSR1, 10000000);
    printf("%s: %s\n", calls[way], result(block(way)));
    timer_delete(timer);
    fact(handled >= 1, "%s: handler ran", calls[way]);
  }
  kill(child, SIGKILL);
  wait_for(child);
  return finish();
}
