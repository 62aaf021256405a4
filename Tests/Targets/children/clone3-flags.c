// SPDX-License-Identifier: Apache-2.0 WITH Swift-exception
// clone3 flags: cleared handlers, shared descriptors, shared directory, our parent, no exit signal.
#include "clone3.h"

static int report[2];
static volatile int caught;
static void handler(int signal) { caught = signal; }

static int tell_handlers(void *unused) {
  (void)unused;
  struct sigaction one, two;
  sigaction(SIGUSR1, NULL, &one);
  sigaction(SIGUSR2, NULL, &two);
  return (one.sa_handler == handler) + 2 * (one.sa_handler == SIG_DFL) +
         4 * (two.sa_handler == SIG_IGN);
}

static int close_one(void *descriptor) {
  close(*(int *)descriptor);
  return open("/dev/null", O_RDONLY) == *(int *)descriptor ? 0 : 1;
}

static int change_directory(void *unused) {
  (void)unused;
  umask(0123);
  return chdir("/proc") == 0 ? 0 : 1;
}

static int tell_parent(void *unused) {
  (void)unused;
  pid_t parent = (pid_t)raw(SYS_getppid, 0, 0, 0, 0, 0, 0);
  write(report[1], &parent, sizeof parent);
  return 17;
}

static int nothing(void *unused) {
  (void)unused;
  return 18;
}

static long make(uint64_t flags, uint64_t exit_signal, int (*function)(void *), void *argument) {
  struct clone_args arguments;
  memset(&arguments, 0, sizeof arguments);
  arguments.flags = flags;
  arguments.exit_signal = exit_signal;
  return clone3_call(&arguments, sizeof arguments, function, argument);
}

int main(void) {
  start();
  signal(SIGUSR1, handler);
  signal(SIGUSR2, SIG_IGN);
  printf("handlers kept: %s\n", wait_for((pid_t)make(0, SIGCHLD, tell_handlers, NULL)));
  printf("handlers cleared: %s\n",
         wait_for((pid_t)make(CLONE_CLEAR_SIGHAND, SIGCHLD, tell_handlers, NULL)));
  signal(SIGUSR1, handler);
  fact(raise(SIGUSR1) == 0 && caught == SIGUSR1, "our handler still works");

  int descriptor = open("/dev/zero", O_RDONLY);
  struct stat before, after;
  fstat(descriptor, &before);
  wait_for((pid_t)make(0, SIGCHLD, close_one, &descriptor));
  fstat(descriptor, &after);
  fact(before.st_rdev == after.st_rdev, "own descriptors");
  wait_for((pid_t)make(CLONE_FILES, SIGCHLD, close_one, &descriptor));
  fstat(descriptor, &after);
  fact(before.st_rdev != after.st_rdev, "shared descriptors");

  char here[4096], there[4096];
  getcwd(here, sizeof here);
  wait_for((pid_t)make(0, SIGCHLD, change_directory, NULL));
  fact(strcmp(getcwd(there, sizeof there), here) == 0, "own directory");
  wait_for((pid_t)make(CLONE_FS, SIGCHLD, change_directory, NULL));
  printf("shared directory: %s\n", getcwd(there, sizeof there));
  printf("shared umask: %o\n", umask(022));

  // A child of our parent is its to wait for.
  pipe(report);
  pid_t middle = fork();
  if (middle == 0) {
    long sibling = make(CLONE_PARENT, 0, tell_parent, NULL);
    _exit(waitpid((pid_t)sibling, NULL, __WALL) == -1 && errno == ECHILD ? 0 : 1);
  }
  printf("not the middle's child: %s\n", wait_for(middle));
  pid_t told = 0;
  fact(read(report[0], &told, sizeof told) == sizeof told && told == getpid(),
       "the sibling's parent are we");
  int status;
  pid_t got = waitpid(-1, &status, __WALL);
  fact(got > 0 && got != middle, "we wait for the sibling");
  printf("sibling: %s\n", ending(status));

  long child = make(0, 0, nothing, NULL);
  fact(waitpid((pid_t)child, NULL, 0) == -1 && errno == ECHILD, "without a signal no plain wait");
  fact(waitpid((pid_t)child, &status, __WCLONE) == child, "but a wait for clones");
  printf("%s\n", ending(status));
  signal(SIGUSR1, handler);
  caught = 0;
  child = make(0, SIGUSR1, nothing, NULL);
  fact(waitpid((pid_t)child, &status, __WALL) == child, "another signal at the end");
  for (int tries = 0; tries < 1000 && !caught; tries++)
    sleep_ms(1);
  fact(caught == SIGUSR1, "it came");
  return finish();
}
