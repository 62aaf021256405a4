// SPDX-License-Identifier: Apache-2.0 WITH Swift-exception
// seccomp: does a filter trap, and does a listener answer?

#define _GNU_SOURCE
#include "trial.h"

#include <errno.h>
#include <linux/filter.h>
#include <linux/seccomp.h>
#include <signal.h>
#include <stddef.h>
#include <sys/ioctl.h>
#include <sys/prctl.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <unistd.h>

enum { CODE_SECCOMP = 1, TAG = 0x5757, ANSWER = 4242 };

/// Installs a filter that does `action` for getppid and lets all else pass; >= 0 or -errno.
static int install(unsigned action, unsigned flags) {
  struct sock_filter program[] = {
      BPF_STMT(BPF_LD | BPF_W | BPF_ABS, offsetof(struct seccomp_data, nr)),
      BPF_JUMP(BPF_JMP | BPF_JEQ | BPF_K, SYS_getppid, 0, 1),
      BPF_STMT(BPF_RET | BPF_K, action),
      BPF_STMT(BPF_RET | BPF_K, SECCOMP_RET_ALLOW),
  };
  struct sock_fprog filter = {sizeof program / sizeof *program, program};
  if (prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0))
    return -errno;
  long result = syscall(SYS_seccomp, SECCOMP_SET_MODE_FILTER, flags, &filter);
  return result < 0 ? -errno : (int)result;
}

int probe_seccomp_trap(void) {
  probe_catch();
  int result = install(SECCOMP_RET_TRAP | TAG, 0);
  if (result < 0)
    return -result;
  syscall(SYS_getppid);
  struct probe_caught caught = probe_caught();
  return caught.code == CODE_SECCOMP && caught.error == TAG ? 0 : PROBE_SILENT;
}

static int answer_one(int listener) {
  struct seccomp_notif request = {0};
  if (ioctl(listener, SECCOMP_IOCTL_NOTIF_RECV, &request))
    return errno;
  struct seccomp_notif_resp response = {.id = request.id, .val = ANSWER};
  return ioctl(listener, SECCOMP_IOCTL_NOTIF_SEND, &response) ? errno : 0;
}

int probe_seccomp_notify(void) {
  int listener = install(SECCOMP_RET_USER_NOTIF, SECCOMP_FILTER_FLAG_NEW_LISTENER);
  if (listener < 0)
    return -listener;
  pid_t asker = fork();
  if (asker < 0)
    return errno;
  if (asker == 0) {
    prctl(PR_SET_PDEATHSIG, SIGKILL);
    close(listener);
    _exit(syscall(SYS_getppid) == ANSWER ? 0 : PROBE_SILENT);
  }
  int error = answer_one(listener), status;
  close(listener);
  if (waitpid(asker, &status, 0) < 0)
    return errno;
  if (error)
    return error;
  return WIFEXITED(status) ? WEXITSTATUS(status) : PROBE_SILENT;
}
