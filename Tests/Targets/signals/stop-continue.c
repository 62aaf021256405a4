// SPDX-License-Identifier: Apache-2.0 WITH Swift-exception
// Stopping and continuing a child, seen by its parent and by the child's handlers.
#include "../target.h"

static volatile int continued;
static void handler(int signal) {
  (void)signal;
  continued++;
}

static void await(pid_t child, int options) {
  int status = 0;
  pid_t got = waitpid(child, &status, options);
  printf("%s\n", got == child ? ending(status) : result(-1));
}

int main(void) {
  start();
  static const int stops[] = {SIGSTOP, SIGTSTP, SIGTTIN, SIGTTOU};
  int told[2];
  pipe(told);
  pid_t child = fork();
  if (child == 0) {
    setpgid(0, 0);
    signal(SIGCONT, handler);
    sigset_t set = set_of(SIGCONT, 0), none = set_of(0, 0);
    sigprocmask(SIG_BLOCK, &set, NULL);
    write(told[1], "x", 1);
    while (continued < 4) {
      sigsuspend(&none);
      write(told[1], "x", 1);
    }
    _exit(44);
  }
  char byte;
  read(told[0], &byte, 1);
  for (int index = 0; index < 4; index++) {
    kill(child, stops[index]);
    await(child, WUNTRACED);
    printf("once only: %d\n", waitpid(child, NULL, WUNTRACED | WNOHANG));
    kill(child, SIGCONT);
    // The last handler lets the child end, which may come before we look.
    if (index < 3)
      await(child, WCONTINUED);
    read(told[0], &byte, 1);
  }
  await(child, 0);

  // A process that stops itself, from a thread of its own.
  child = fork();
  if (child == 0) {
    raise(SIGSTOP);
    _exit(45);
  }
  await(child, WUNTRACED);
  siginfo_t info;
  kill(child, SIGCONT);
  await(child, 0);
  // A stopped process is killed without being continued.
  child = fork();
  if (child == 0) {
    raise(SIGSTOP);
    _exit(46);
  }
  memset(&info, 0, sizeof info);
  waitid(P_PID, (id_t)child, &info, WSTOPPED);
  printf("code %d, status %d\n", info.si_code, info.si_status);
  kill(child, SIGTERM);
  printf("nothing yet: %d\n", waitpid(child, NULL, WNOHANG));
  kill(child, SIGKILL);
  await(child, 0);
  return finish();
}
