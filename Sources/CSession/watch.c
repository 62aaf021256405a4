// SPDX-License-Identifier: Apache-2.0 WITH Swift-exception
// A process that watches while its parent is stopped.

#define _GNU_SOURCE
#include "CSession.h"

#include <errno.h>
#include <fcntl.h>
#include <linux/prctl.h>
#include <signal.h>
#include <stdio.h>
#include <string.h>
#include <sys/prctl.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

enum { INTERVAL_NS = 20 * 1000 * 1000 };

/// The state letter of /proc/<process>/stat, or 0 if there is none.
static char state(const char *path) {
  char text[512];
  int file = open(path, O_RDONLY | O_CLOEXEC);
  ssize_t count = file < 0 ? -1 : read(file, text, sizeof text - 1);
  if (file >= 0)
    close(file);
  if (count <= 0)
    return 0;
  text[count] = 0;
  // The name stands in parentheses and may hold some itself.
  const char *end = strrchr(text, ')');
  return end && end[1] == ' ' ? end[2] : 0;
}

static void __attribute__((noreturn)) watch(int process, pid_t parent) {
  char path[64];
  struct timespec interval = {0, INTERVAL_NS};
  prctl(PR_SET_PDEATHSIG, SIGKILL, 0, 0, 0);
  snprintf(path, sizeof path, "/proc/%d/stat", process);
  while (getppid() == parent) {
    char now = state(path);
    if (now != 'T' && now != 't') {
      kill(parent, SIGCONT);
      break;
    }
    nanosleep(&interval, NULL);
  }
  _exit(0);
}

int csession_start_watch(int process) {
  pid_t parent = getpid();
  pid_t child = fork();
  if (child == 0)
    watch(process, parent);
  return child < 0 ? -errno : child;
}

void csession_end_watch(int watch) {
  kill(watch, SIGKILL);
  while (waitpid(watch, NULL, 0) < 0 && errno == EINTR)
    ;
}
