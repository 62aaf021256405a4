// SPDX-License-Identifier: Apache-2.0 WITH Swift-exception
// Over an execution a process keeps its numbers, groups, directory, limits and other attributes.
#include "../target.h"

static char *number(long value) {
  static char texts[8][24];
  static int next;
  char *text = texts[next++ % 8];
  snprintf(text, sizeof texts[0], "%ld", value);
  return text;
}

int main(int argc, char **argv) {
  start();
  if (argc > 1) {
    fact(getpid() == atoi(argv[1]), "process");
    fact(getppid() == atoi(argv[2]), "parent");
    fact(getpgrp() == atoi(argv[3]), "group");
    fact(getsid(0) == atoi(argv[4]), "session");
    char folder[4096];
    fact(strcmp(getcwd(folder, sizeof folder), "/proc") == 0, "directory");
    fact(umask(0) == 0135, "umask");
    fact(getpriority(PRIO_PROCESS, 0) == atoi(argv[5]), "priority");
    struct rlimit limit;
    getrlimit(RLIMIT_NOFILE, &limit);
    fact(limit.rlim_cur == 100, "limit of descriptors");
    getrlimit(RLIMIT_STACK, &limit);
    fact(limit.rlim_cur == 4 << 20, "limit of the stack");
    int value = 0;
    prctl(PR_GET_PDEATHSIG, &value);
    fact(value == SIGUSR2, "signal at the parent's death");
    fact(prctl(PR_GET_NO_NEW_PRIVS, 0, 0, 0, 0) == 1, "no new privileges");
    fact(prctl(PR_GET_TIMERSLACK, 0, 0, 0, 0) == 12345, "timer slack");
    fact(prctl(PR_GET_KEEPCAPS, 0, 0, 0, 0) == 0, "keeping capabilities is reset");
    fact(prctl(PR_GET_DUMPABLE, 0, 0, 0, 0) == 1, "dumpable again");
    return finish() ? 1 : 15;
  }
  pid_t child = fork();
  if (child == 0) {
    setsid();
    chdir("/proc");
    umask(0135);
    setpriority(PRIO_PROCESS, 0, getpriority(PRIO_PROCESS, 0) + 1);
    struct rlimit limit;
    getrlimit(RLIMIT_NOFILE, &limit);
    limit.rlim_cur = 100;
    setrlimit(RLIMIT_NOFILE, &limit);
    getrlimit(RLIMIT_STACK, &limit);
    limit.rlim_cur = 4 << 20;
    setrlimit(RLIMIT_STACK, &limit);
    prctl(PR_SET_PDEATHSIG, SIGUSR2);
    prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0);
    prctl(PR_SET_TIMERSLACK, 12345, 0, 0, 0);
    prctl(PR_SET_KEEPCAPS, 1, 0, 0, 0);
    prctl(PR_SET_DUMPABLE, 0, 0, 0, 0);
    execl(argv[0], argv[0], number(getpid()), number(getppid()), number(getpgrp()),
          number(getsid(0)), number(getpriority(PRIO_PROCESS, 0)), NULL);
    _exit(1);
  }
  printf("%s\n", wait_for(child));
  return finish();
}
