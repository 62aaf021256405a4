// SPDX-License-Identifier: Apache-2.0 WITH Swift-exception
// signalfd reads blocked signals, of the thread and of the process.
#include "../target.h"
#include <sys/signalfd.h>

int main(void) {
  start();
  sigset_t set = set_of(SIGUSR1, SIGTERM, SIGRTMIN, 0), now;
  sigprocmask(SIG_BLOCK, &set, NULL);
  int descriptor = signalfd(-1, &set, SFD_CLOEXEC | SFD_NONBLOCK);
  struct signalfd_siginfo info[4];
  printf("empty: %s\n", result(read(descriptor, info, sizeof info)));
  raise(SIGUSR1);
  kill(getpid(), SIGTERM);
  union sigval value = {.sival_int = 321};
  sigqueue(getpid(), SIGRTMIN, value);
  struct pollfd waiting = {descriptor, POLLIN, 0};
  fact(poll(&waiting, 1, 0) == 1, "readable");
  ssize_t size = read(descriptor, info, sizeof info);
  printf("read: %zd\n", size / (ssize_t)sizeof *info);
  // Those of the thread come first, then those of the process.
  for (int index = 0; index < size / (ssize_t)sizeof *info; index++) {
    const char *name = sigabbrev_np((int)info[index].ssi_signo);
    printf("%s, code %d, value %d\n", name ? name : "RTMIN", info[index].ssi_code,
           info[index].ssi_code == SI_QUEUE ? info[index].ssi_int : 0);
    expect(info[index].ssi_pid == (unsigned)getpid(), "sender");
  }
  sigpending(&now);
  printf("pending: %s\n", names(&now));
  set = set_of(SIGTERM, 0);
  sigprocmask(SIG_BLOCK, &set, NULL);
  fact(signalfd(descriptor, &set, 0) == descriptor, "changed");
  raise(SIGUSR1);
  printf("another signal: %s\n", result(read(descriptor, info, sizeof info)));
  pid_t child = fork();
  if (child == 0) {
    kill(getppid(), SIGTERM);
    _exit(0);
  }
  wait_for(child);
  fact(read(descriptor, info, sizeof info) == sizeof *info && info[0].ssi_signo == SIGTERM &&
           info[0].ssi_pid == (unsigned)child,
       "from a child");
  printf("too small: %s\n", result(read(descriptor, info, 10)));
  return finish();
}
