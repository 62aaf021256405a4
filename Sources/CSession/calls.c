// SPDX-License-Identifier: Apache-2.0 WITH Swift-exception
// Single calls of the supervisor that have no form in Swift.

#define _GNU_SOURCE
#include "CSession.h"

#include <errno.h>
#include <fcntl.h>
#include <linux/futex.h>
#include <linux/prctl.h>
#include <linux/seccomp.h>
#include <signal.h>
#include <stddef.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <sys/signalfd.h>
#include <sys/syscall.h>
#include <sys/xattr.h>
#include <unistd.h>

#ifndef PR_SET_SYSCALL_USER_DISPATCH
#define PR_SET_SYSCALL_USER_DISPATCH 59
#endif
#ifndef SYS_pidfd_open
#define SYS_pidfd_open 434
#endif

/// A list of one futex; the kernel finds the word at `futex_offset` from the entry.
struct owner_list {
  struct robust_list_head head;
  struct robust_list entry;
};

static _Thread_local struct owner_list owned;

int csession_hold(struct csession_claim *claim, uint32_t *word) {
  if (syscall(SYS_get_robust_list, 0, &claim->head, &claim->length) < 0)
    return -errno;
  owned.head.list.next = &owned.entry;
  owned.head.futex_offset = (char *)word - (char *)&owned.entry;
  owned.head.list_op_pending = NULL;
  owned.entry.next = &owned.head.list;
  claim->word = word;
  __atomic_store_n(word, (uint32_t)syscall(SYS_gettid), __ATOMIC_RELEASE);
  return syscall(SYS_set_robust_list, &owned.head, sizeof owned.head) < 0 ? -errno : 0;
}

void csession_release(struct csession_claim *claim) {
  __atomic_store_n(claim->word, 0, __ATOMIC_RELEASE);
  syscall(SYS_set_robust_list, claim->head, claim->length);
}

int csession_probe_user_dispatch(void) {
  static char selector; // SYSCALL_DISPATCH_FILTER_ALLOW
  if (prctl(PR_SET_SYSCALL_USER_DISPATCH, 1UL, 0UL, 0UL, &selector) < 0) {
    int error = errno;
    // A kernel without the feature refuses both; a monitor lets it be switched off, as it seems.
    int isKnown = prctl(PR_SET_SYSCALL_USER_DISPATCH, 0UL, 0UL, 0UL, 0UL) == 0;
    return isKnown ? -EBUSY : -error;
  }
  return prctl(PR_SET_SYSCALL_USER_DISPATCH, 0UL, 0UL, 0UL, 0UL) < 0 ? -errno : 0;
}

int csession_probe_seccomp_trap(void) {
  uint32_t action = SECCOMP_RET_TRAP;
  return syscall(SYS_seccomp, SECCOMP_GET_ACTION_AVAIL, 0, &action) < 0 ? -errno : 0;
}

int csession_is_filtered(void) { return prctl(PR_GET_SECCOMP, 0L, 0L, 0L, 0L) != 0; }

void csession_forbid_dump(void) {
  struct rlimit none = {0, 0};
  setrlimit(RLIMIT_CORE, &none);
  prctl(PR_SET_DUMPABLE, 0L, 0L, 0L, 0L);
}

int csession_queue(int process, int signal, int code, uint32_t sender, uint32_t user,
                   uint64_t value) {
  siginfo_t info;
  memset(&info, 0, sizeof info);
  info.si_signo = signal;
  info.si_code = code;
  info.si_pid = (pid_t)sender;
  info.si_uid = user;
  info.si_value.sival_ptr = (void *)value;
  return syscall(SYS_rt_sigqueueinfo, process, signal, &info) < 0 ? -errno : 0;
}

int csession_open_process(int process) {
  long descriptor = syscall(SYS_pidfd_open, process, 0);
  return descriptor < 0 ? -errno : (int)descriptor;
}

int csession_has_capabilities(int descriptor) {
  return fgetxattr(descriptor, "security.capability", NULL, 0) > 0;
}

int csession_is_alone(int descriptor) {
  // A write lease is granted to the only one who has the file, and breaks nothing if it is not.
  if (fcntl(descriptor, F_SETLEASE, F_WRLCK) < 0)
    return errno == EAGAIN ? 0 : -errno;
  fcntl(descriptor, F_SETLEASE, F_UNLCK);
  return 1;
}

int csession_memory(const char *name, uint32_t flags) {
  int descriptor = memfd_create(name, MFD_CLOEXEC | flags);
  return descriptor < 0 ? -errno : descriptor;
}

int csession_seal(int descriptor) {
  int seals = F_SEAL_WRITE | F_SEAL_GROW | F_SEAL_SHRINK | F_SEAL_SEAL;
  return fcntl(descriptor, F_ADD_SEALS, seals) < 0 ? -errno : 0;
}

int csession_open_inbox(void) {
  sigset_t all;
  sigfillset(&all);
  int descriptor = signalfd(-1, &all, SFD_CLOEXEC);
  return descriptor < 0 ? -errno : descriptor;
}

int csession_read_inbox(int inbox, struct csession_signal *signal) {
  struct signalfd_siginfo info;
  ssize_t count;
  do
    count = read(inbox, &info, sizeof info);
  while (count < 0 && errno == EINTR);
  if (count != sizeof info)
    return count < 0 ? -errno : -EIO;
  *signal = (struct csession_signal){
      .number = (int32_t)info.ssi_signo,
      .code = info.ssi_code,
      .sender = (int32_t)info.ssi_pid,
      .user = info.ssi_uid,
      .value = info.ssi_ptr,
  };
  return 0;
}
