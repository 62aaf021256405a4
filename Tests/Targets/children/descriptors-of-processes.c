// SPDX-License-Identifier: Apache-2.0 WITH Swift-exception
// Descriptors of processes: opened, polled, used to send signals, waited for.
#include "../target.h"
#include <sys/pidfd.h>

int main(void) {
  start();
  pid_t child = fork();
  if (child == 0) {
    pause();
    _exit(1);
  }
  int descriptor = pidfd_open(child, 0);
  fact(descriptor >= 3 && fcntl(descriptor, F_GETFD) == FD_CLOEXEC, "opened");
  struct pollfd poll_descriptor = {descriptor, POLLIN, 0};
  fact(poll(&poll_descriptor, 1, 0) == 0, "not readable yet");
  siginfo_t info;
  memset(&info, 0, sizeof info);
  printf("send 0: %s\n", result(pidfd_send_signal(descriptor, 0, NULL, 0)));
  printf("send 65: %s\n", result(pidfd_send_signal(descriptor, 65, NULL, 0)));
  printf("send TERM: %s\n", result(pidfd_send_signal(descriptor, SIGTERM, NULL, 0)));
  fact(poll(&poll_descriptor, 1, 5000) == 1 && poll_descriptor.revents & POLLIN, "readable");
  fact(waitid(P_PIDFD, (id_t)descriptor, &info, WEXITED) == 0, "waited for");
  fact(info.si_code == CLD_KILLED && info.si_status == SIGTERM, "killed by TERM");
  printf("send later: %s\n", result(pidfd_send_signal(descriptor, SIGTERM, NULL, 0)));
  printf("open nobody: %s\n", result(pidfd_open(0x3fffffff, 0)));
  printf("open flags: %s\n", result(pidfd_open(getpid(), 1)));
  int ours = pidfd_open(getpid(), 0);
  sigset_t set = set_of(SIGUSR1, 0);
  sigprocmask(SIG_BLOCK, &set, NULL);
  printf("to ourselves: %s\n", result(pidfd_send_signal(ours, SIGUSR1, NULL, 0)));
  fact(sigwaitinfo(&set, &info) == SIGUSR1 && info.si_code == SI_USER && info.si_pid == getpid(),
       "it came");
  return finish();
}
