// SPDX-License-Identifier: Apache-2.0 WITH Swift-exception
// system() and popen() run the shell and give back its status and output.
#include "../target.h"

int main(void) {
  start();
  fact(system(NULL) != 0, "there is a shell");
  printf("true: %s\n", ending(system("true")));
  printf("exit 3: %s\n", ending(system("exit 3")));
  printf("killed: %s\n", ending(system("kill -TERM $$")));
  printf("missing: %s\n", ending(system("nowhere-program 2>/dev/null")));
  fflush(stdout);
  system("echo from the shell; (echo from a subshell); echo piped | cat | tr a-z A-Z");
  FILE *stream = popen("for n in 1 2 3; do echo line $n; done; exit 5", "r");
  char line[100];
  while (fgets(line, sizeof line, stream))
    printf("read: %s", line);
  printf("closed: %s\n", ending(pclose(stream)));
  stream = popen("sort", "w");
  fputs("pear\napple\nfig\n", stream);
  printf("sort: %s\n", ending(pclose(stream)));
  struct sigaction interrupt;
  sigaction(SIGINT, NULL, &interrupt);
  sigset_t set = blocked();
  fact(interrupt.sa_handler == SIG_DFL, "INT default afterwards");
  printf("blocked: %s\n", names(&set));
  stream = popen("exec yes", "r");
  fgets(line, sizeof line, stream);
  printf("yes: %s\n", ending(pclose(stream)));
  return finish();
}
