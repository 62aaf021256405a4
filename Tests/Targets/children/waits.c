// SPDX-License-Identifier: Apache-2.0 WITH Swift-exception
// The waiting calls: status, information, usage, options and errors.
#include "../target.h"

static pid_t ending_with(int status, int signal) {
  pid_t child = fork();
  if (child == 0) {
    if (signal)
      raise(signal);
    _exit(status);
  }
  return child;
}

int main(void) {
  start();
  int status = 0;
  struct rusage usage;
  memset(&usage, 0x55, sizeof usage);
  pid_t child = ending_with(3, 0);
  fact(wait4(child, &status, 0, &usage) == child, "wait4");
  printf("%s\n", ending(status));
  fact(usage.ru_maxrss > 0 && usage.ru_utime.tv_sec < 30, "usage is plausible");
  siginfo_t info;
  memset(&info, 0, sizeof info);
  child = ending_with(0, SIGTERM);
  fact(waitid(P_PID, (id_t)child, &info, WEXITED | WNOWAIT) == 0, "waitid leaves the child");
  fact(info.si_signo == SIGCHLD && info.si_code == CLD_KILLED && info.si_status == SIGTERM &&
           info.si_pid == child && info.si_uid == getuid(),
       "information of a killed child");
  memset(&info, 0, sizeof info);
  fact(waitid(P_ALL, 0, &info, WEXITED) == 0, "waitid takes it");
  printf("then: %s\n", result(waitid(P_PID, (id_t)child, &info, WEXITED)));
  printf("no child: %s\n", result(waitpid(-1, &status, 0)));
  printf("not a child: %s\n", result(waitpid(1, &status, WNOHANG)));

  int gate[2];
  pipe(gate);
  child = fork();
  if (child == 0) {
    char byte;
    close(gate[1]);
    read(gate[0], &byte, 1);
    _exit(11);
  }
  fact(waitpid(child, &status, WNOHANG) == 0, "nothing yet");
  memset(&info, 0x55, sizeof info);
  fact(waitid(P_ALL, 0, &info, WEXITED | WNOHANG) == 0 && info.si_pid == 0, "waitid nothing yet");
  close(gate[1]);
  fact(wait(&status) == child, "wait");
  printf("%s\n", ending(status));

  // By group.
  child = fork();
  if (child == 0) {
    setpgid(0, 0);
    _exit(12);
  }
  setpgid(child, child);
  fact(waitpid(-child, &status, 0) == child, "by group");
  printf("%s\n", ending(status));
  fact(getrusage(RUSAGE_CHILDREN, &usage) == 0 && usage.ru_maxrss > 0, "usage of children");
  child = ending_with(1, 0);
  fact(waitpid(child, NULL, 0) == child, "without a status");
  return finish();
}
