// SPDX-License-Identifier: Apache-2.0 WITH Swift-exception
// /proc/self/status shows the blocked, ignored, caught and pending signals that the program set.
#include "../target.h"

static void handler(int signal) { (void)signal; }

static uint64_t field(const char *path, const char *name) {
  char line[256];
  uint64_t value = 0;
  FILE *file = fopen(path, "r");
  while (file && fgets(line, sizeof line, file))
    if (strncmp(line, name, strlen(name)) == 0)
      value = strtoul(line + strlen(name) + 1, NULL, 16);
  if (file)
    fclose(file);
  return value;
}

static void show(const char *path, const char *name) {
  // Only those that this program has to do with.
  // The monitor's own signals always show as caught, and never as blocked: see the README's limits.
  sigset_t ours = set_of(SIGUSR1, SIGUSR2, SIGHUP, SIGTERM, SIGWINCH, 0), set;
  uint64_t mask, value = field(path, name);
  memcpy(&mask, &ours, 8);
  value &= mask;
  sigemptyset(&set);
  memcpy(&set, &value, 8);
  printf("%s: %s\n", name, names(&set));
}

static void show_all(const char *path) {
  show(path, "SigPnd");
  show(path, "ShdPnd");
  show(path, "SigBlk");
  show(path, "SigIgn");
  show(path, "SigCgt");
}

int main(void) {
  start();
  puts("at first");
  show_all("/proc/self/status");
  signal(SIGUSR1, handler);
  signal(SIGUSR2, SIG_IGN);
  signal(SIGWINCH, handler);
  sigset_t set = set_of(SIGHUP, SIGTERM, SIGUSR1, 0);
  sigprocmask(SIG_SETMASK, &set, NULL);
  raise(SIGHUP);
  kill(getpid(), SIGTERM);
  puts("set");
  show_all("/proc/self/status");
  char path[64];
  snprintf(path, sizeof path, "/proc/%d/status", getpid());
  puts("by number");
  show_all(path);
  puts("in a child");
  fflush(stdout);
  pid_t child = fork();
  if (child == 0) {
    show_all("/proc/self/status");
    _exit(0);
  }
  wait_for(child);
  signal(SIGSEGV, handler);
  signal(SIGSYS, handler);
  set = set_of(SIGSYS, SIGHUP, SIGTERM, 0);
  sigprocmask(SIG_SETMASK, &set, NULL);
  puts("SEGV and SYS");
  show_all("/proc/self/status");
  return finish();
}
