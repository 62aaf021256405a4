// SPDX-License-Identifier: Apache-2.0 WITH Swift-exception
// The child between vfork and exec.

#define _GNU_SOURCE
#include "CSession.h"

#include <errno.h>
#include <fcntl.h>
#include <linux/prctl.h>
#include <sched.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/prctl.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <unistd.h>

enum { STACK_SIZE = 64 * 1024 };

struct child {
  const struct csession_request *request;
  /// What the monitor is executed as; NULL for its descriptor.
  char *path;
  int deathSignal;
  int subreaper;
  volatile int error;
};

/// The kernel clears both at fork and keeps them at exec: set again, they are as if no fork were.
static void inherit_attributes(const struct child *child) {
  if (child->deathSignal)
    prctl(PR_SET_PDEATHSIG, child->deathSignal, 0, 0, 0);
  if (child->subreaper)
    prctl(PR_SET_CHILD_SUBREAPER, 1, 0, 0, 0);
}

/// `/dev/fd/N` with as many slashes as make it so long; NULL if it is longer without any.
static char *padded_path(int image, size_t length) {
  char number[16];
  int digits = snprintf(number, sizeof number, "%d", image);
  size_t shortest = strlen("/dev/fd/") + (size_t)digits;
  char *path = length > shortest ? malloc(length + 1) : NULL;
  if (!path)
    return NULL;
  memset(path, '/', length);
  memcpy(path, "/dev", 4);
  memcpy(path + length - (size_t)digits - 4, "/fd/", 4);
  memcpy(path + length - (size_t)digits, number, (size_t)digits + 1);
  return path;
}

static int run_child(void *argument) {
  struct child *child = argument;
  const struct csession_request *request = child->request;
  inherit_attributes(child);
  for (size_t i = 0; i < request->keptCount; i++)
    if (fcntl(request->kept[i], F_SETFD, 0) < 0)
      goto failed;
  if (request->ignoresChild)
    signal(SIGCHLD, SIG_IGN);
  // The raw call: the library's own leaves out the signals that it uses itself.
  syscall(SYS_rt_sigprocmask, SIG_SETMASK, &request->mask, NULL, sizeof request->mask);
  if (child->path)
    execve(child->path, request->arguments, request->environment);
  syscall(SYS_execveat, request->image, "", request->arguments, request->environment,
          AT_EMPTY_PATH);
failed:
  child->error = errno;
  _exit(127);
}

int csession_start(const struct csession_request *request) {
  struct child child = {.request = request,
                        .path = padded_path(request->image, request->nameLength)};
  prctl(PR_GET_PDEATHSIG, &child.deathSignal, 0, 0, 0);
  prctl(PR_GET_CHILD_SUBREAPER, &child.subreaper, 0, 0, 0);
  char *stack = malloc(STACK_SIZE);
  if (!stack)
    return -ENOMEM;
  int process = clone(run_child, stack + STACK_SIZE, CLONE_VM | CLONE_VFORK | SIGCHLD, &child);
  int error = process < 0 ? errno : child.error;
  free(stack);
  free(child.path);
  if (process > 0 && error)
    waitpid(process, NULL, 0);
  return error ? -error : process;
}
