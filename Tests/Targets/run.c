// SPDX-License-Identifier: Apache-2.0 WITH Swift-exception
// Runs a command in a clean process for at most some seconds and appends how it ended to stdout.
#include "target.h"

static pid_t child;

static void give_up(int signal) {
  (void)signal;
  kill(-child, SIGKILL);
  kill(child, SIGKILL);
  static const char text[] = "timeout\n";
  write(1, text, sizeof text - 1);
  _exit(124);
}

int main(int argc, char **argv) {
  if (argc < 3) {
    fprintf(stderr, "usage: run SECONDS COMMAND [ARGUMENT...]\n");
    return 2;
  }
  // Nothing of the caller's signal state, limits or descriptors reaches the command.
  sigset_t none;
  sigemptyset(&none);
  sigprocmask(SIG_SETMASK, &none, NULL);
  for (int number = 1; number <= SIGRTMAX; number++)
    signal(number, SIG_DFL);
  signal(SIGTTOU, SIG_IGN);
  struct rlimit cores = {0, 0};
  setrlimit(RLIMIT_CORE, &cores);
  struct rlimit files;
  getrlimit(RLIMIT_NOFILE, &files);
  if (files.rlim_cur > 1024)
    files.rlim_cur = 1024;
  setrlimit(RLIMIT_NOFILE, &files);
  struct rlimit stack;
  getrlimit(RLIMIT_STACK, &stack);
  if (stack.rlim_max >= 8 << 20)
    stack.rlim_cur = 8 << 20;
  setrlimit(RLIMIT_STACK, &stack);
  close_range(3, ~0U, 0);
  umask(022);

  child = fork();
  if (child == 0) {
    signal(SIGTTOU, SIG_DFL);
    setpgid(0, 0);
    execvp(argv[2], argv + 2);
    perror(argv[2]);
    _exit(127);
  }
  setpgid(child, child);
  signal(SIGALRM, give_up);
  alarm((unsigned)atoi(argv[1]));
  int status = 0;
  while (waitpid(child, &status, 0) == -1 && errno == EINTR)
    ;
  kill(-child, SIGKILL); // what it left behind in its group
  printf("%s\n", ending(status));
  return 0;
}
