// SPDX-License-Identifier: Apache-2.0 WITH Swift-exception
// Every signal does by default what it should: end the process, stop it, or nothing.
#include "../target.h"

int main(void) {
  start();
  for (int number = 1; number <= 64; number++) {
    if (number >= 32 && number < SIGRTMIN)
      continue; // libc's own
    fflush(stdout);
    pid_t child = fork();
    if (child == 0) {
      setpgid(0, 0); // a group that our waiting keeps from being an orphan, so that stops work
      kill(getpid(), number);
      _exit(33);
    }
    int status = 0;
    waitpid(child, &status, WUNTRACED);
    const char *name = sigabbrev_np(number);
    if (name)
      printf("%s: %s\n", name, ending(status));
    else
      expect(WIFSIGNALED(status) && WTERMSIG(status) == number, "signal %d", number);
    if (WIFSTOPPED(status)) {
      kill(child, SIGKILL);
      waitpid(child, &status, 0);
    }
  }
  // The same by raise, from another thread's number.
  static const int some[] = {SIGTERM, SIGSEGV, SIGSYS, SIGABRT, SIGPIPE};
  for (int index = 0; index < 5; index++) {
    pid_t child = fork();
    if (child == 0) {
      syscall(SYS_tkill, gettid(), some[index]);
      _exit(33);
    }
    printf("tkill: %s\n", wait_for(child));
  }
  // Ignored, they do nothing.
  int survived = 0;
  for (int number = 1; number <= 64; number++) {
    if (number == SIGKILL || number == SIGSTOP || (number >= 32 && number < SIGRTMIN))
      continue;
    signal(number, SIG_IGN);
    raise(number);
    survived++;
    signal(number, SIG_DFL);
  }
  printf("ignored: %d\n", survived);
  return finish();
}
