// SPDX-License-Identifier: Apache-2.0 WITH Swift-exception
// SIGSYS ignored or blocked stays so over executions; a handler of it does not.
#include "../target.h"

static void handler(int signal) { (void)signal; }

int main(int argc, char **argv) {
  start();
  if (argc > 1) {
    struct sigaction action;
    sigaction(SIGSYS, NULL, &action);
    sigset_t set = blocked();
    printf("%s: %s, blocked: %s\n", argv[1],
           action.sa_handler == SIG_IGN   ? "ignored"
           : action.sa_handler == SIG_DFL ? "default"
                                          : "caught",
           names(&set));
    if (strcmp(argv[1], "ignored") == 0) {
      raise(SIGSYS);
      puts("ignored: still here");
      execl(argv[0], argv[0], "ignored twice", NULL);
    }
    if (strcmp(argv[1], "blocked") == 0) {
      raise(SIGSYS);
      sigpending(&set);
      printf("pending: %s\n", names(&set));
      set = blocked();
      sigprocmask(SIG_UNBLOCK, &set, NULL);
    }
    if (strcmp(argv[1], "caught") == 0)
      raise(SIGSYS);
    return 3;
  }
  static char *const ways[] = {"ignored", "blocked", "caught"};
  for (int way = 0; way < 3; way++) {
    pid_t child = fork();
    if (child == 0) {
      sigset_t set = set_of(SIGSYS, 0);
      if (way == 0)
        signal(SIGSYS, SIG_IGN);
      else if (way == 1)
        sigprocmask(SIG_BLOCK, &set, NULL);
      else
        signal(SIGSYS, handler);
      execl(argv[0], argv[0], ways[way], NULL);
      _exit(1);
    }
    printf("%s: %s\n", ways[way], wait_for(child));
  }
  return finish();
}
