// SPDX-License-Identifier: Apache-2.0 WITH Swift-exception
// posix_spawn with attributes (default signals, mask, group) and file actions.
#include "../target.h"
#include <spawn.h>

static void handler(int signal) { (void)signal; }

int main(int argc, char **argv) {
  start();
  if (argc > 1) {
    struct sigaction one, two;
    sigaction(SIGUSR1, NULL, &one);
    sigaction(SIGUSR2, NULL, &two);
    sigset_t set = blocked();
    printf("blocked: %s\n", names(&set));
    fact(one.sa_handler == SIG_DFL, "USR1 default");
    fact(two.sa_handler == (argc > 2 ? SIG_IGN : SIG_DFL), "USR2 as asked");
    fact(getpgrp() == getpid(), "a group of its own");
    fact(fcntl(7, F_GETFD) == 0, "descriptor 7");
    char text[16] = {0};
    read(7, text, sizeof text);
    printf("read: %s\n", text);
    return 4;
  }
  signal(SIGUSR1, handler);
  signal(SIGUSR2, SIG_IGN);
  sigset_t before = set_of(SIGHUP, 0);
  sigprocmask(SIG_SETMASK, &before, NULL);
  FILE *file = fopen("input", "w");
  fputs("from the file", file);
  fclose(file);

  posix_spawn_file_actions_t actions;
  posix_spawn_file_actions_init(&actions);
  posix_spawn_file_actions_addopen(&actions, 9, "input", O_RDONLY, 0);
  posix_spawn_file_actions_adddup2(&actions, 9, 7);
  posix_spawn_file_actions_addclose(&actions, 9);
  for (int way = 0; way < 2; way++) {
    posix_spawnattr_t attributes;
    posix_spawnattr_init(&attributes);
    sigset_t defaults = set_of(way == 0 ? SIGUSR2 : SIGTERM, 0), mask = set_of(SIGUSR1, SIGSYS, 0);
    posix_spawnattr_setsigdefault(&attributes, &defaults);
    posix_spawnattr_setsigmask(&attributes, &mask);
    posix_spawnattr_setpgroup(&attributes, 0);
    posix_spawnattr_setflags(&attributes, POSIX_SPAWN_SETSIGDEF | POSIX_SPAWN_SETSIGMASK |
                                              POSIX_SPAWN_SETPGROUP);
    char *arguments[] = {argv[0], "child", way == 0 ? NULL : "ignored", NULL};
    pid_t child;
    int error = posix_spawn(&child, argv[0], &actions, &attributes, arguments, environ);
    // Said only now, as the child prints too.
    const char *end = error ? strerrorname_np(error) : wait_for(child);
    printf("spawned: %s\n", end);
    posix_spawnattr_destroy(&attributes);
  }
  pid_t child;
  char *arguments[] = {argv[0], NULL};
  printf("missing: %s\n",
         strerrorname_np(posix_spawn(&child, "/nowhere", NULL, NULL, arguments, environ)));
  posix_spawn_file_actions_t bad;
  posix_spawn_file_actions_init(&bad);
  posix_spawn_file_actions_adddup2(&bad, 99, 7);
  printf("bad action: %s\n",
         strerrorname_np(posix_spawn(&child, argv[0], &bad, NULL, arguments, environ)));
  fact(waitpid(-1, NULL, 0) == -1 && errno == ECHILD, "no child left over");
  sigset_t after = blocked();
  printf("our mask: %s\n", names(&after));
  struct sigaction ours;
  sigaction(SIGUSR1, NULL, &ours);
  fact(ours.sa_handler == handler, "our handler");
  return finish();
}
