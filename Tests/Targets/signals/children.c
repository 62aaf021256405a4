// SPDX-License-Identifier: Apache-2.0 WITH Swift-exception
// SIGCHLD: what it tells, SA_NOCLDSTOP, SA_NOCLDWAIT and ignoring it.
#include "../target.h"

static volatile int count, code, status;
static volatile pid_t sender;

static void handler(int signal, siginfo_t *info, void *context) {
  (void)signal, (void)context;
  code = info->si_code;
  status = info->si_status;
  sender = info->si_pid;
  count++;
}

static const char *code_name(void) {
  static const char *const names[] = {"?",       "EXITED",  "KILLED",   "DUMPED",
                                      "TRAPPED", "STOPPED", "CONTINUED"};
  return names[code];
}

/// Waits until the handler ran once more, SIGCHLD being blocked otherwise.
static void await(int before) {
  sigset_t none = set_of(0, 0);
  while (count == before)
    sigsuspend(&none);
}

static pid_t child_of(int way) {
  pid_t child = fork();
  if (child == 0) {
    sigset_t none = set_of(0, 0);
    sigprocmask(SIG_SETMASK, &none, NULL);
    if (way == 1)
      raise(SIGTERM);
    if (way == 2)
      abort();
    if (way == 3)
      for (;;)
        pause();
    _exit(7);
  }
  return child;
}

int main(void) {
  start();
  sigset_t set = set_of(SIGCHLD, 0), none = set_of(0, 0);
  sigprocmask(SIG_BLOCK, &set, NULL);
  on(SIGCHLD, handler, 0);
  for (int way = 0; way < 3; way++) {
    int before = count;
    pid_t child = child_of(way);
    await(before);
    // Without core files DUMPED may read KILLED.
    printf("way %d: %s %d\n", way, way == 2 ? "ABORTED" : code_name(), status);
    fact(sender == child, "way %d: from the child", way);
    wait_for(child);
  }
  int before = count;
  pid_t child = child_of(3);
  kill(child, SIGSTOP);
  await(before);
  printf("stopped: %s %d\n", code_name(), status);
  before = count;
  kill(child, SIGCONT);
  await(before);
  printf("continued: %s %d\n", code_name(), status);
  before = count;
  kill(child, SIGKILL);
  await(before);
  printf("killed: %s %d\n", code_name(), status);
  wait_for(child);

  on(SIGCHLD, handler, SA_NOCLDSTOP);
  child = child_of(3);
  before = count;
  int state;
  kill(child, SIGSTOP);
  waitpid(child, &state, WUNTRACED);
  printf("%s\n", ending(state));
  kill(child, SIGCONT);
  waitpid(child, &state, WCONTINUED);
  printf("%s\n", ending(state));
  sigprocmask(SIG_SETMASK, &none, NULL);
  sigprocmask(SIG_BLOCK, &set, NULL);
  printf("told of stops: %d\n", count - before);
  kill(child, SIGKILL);
  await(before);
  printf("told of the end: %d\n", count - before);
  wait_for(child);

  sigprocmask(SIG_SETMASK, &none, NULL);
  on(SIGCHLD, handler, SA_NOCLDWAIT);
  before = count;
  child = child_of(0);
  printf("not kept: %s\n", wait_for(child));
  fact(count == before + 1, "but told");
  signal(SIGCHLD, SIG_IGN);
  child = child_of(0);
  printf("ignored: %s\n", wait_for(child));
  signal(SIGCHLD, SIG_DFL);
  child = child_of(0);
  printf("default: %s\n", wait_for(child));
  return finish();
}
