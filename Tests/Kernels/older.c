// SPDX-License-Identifier: Apache-2.0 WITH Swift-exception
// older FEATURE... -- COMMAND: runs a command on a kernel that seems to lack features.
#include <errno.h>
#include <linux/filter.h>
#include <linux/seccomp.h>
#include <stddef.h>
#include <stdio.h>
#include <string.h>
#include <sys/prctl.h>
#include <sys/syscall.h>
#include <unistd.h>

/// A call that fails as on a kernel without the feature, if one argument has one value.
struct feature {
  const char *name;
  unsigned number;
  /// -1 if the call fails whatever its arguments are.
  int argument;
  unsigned value;
  unsigned error;
};

enum { PR_SET_DISPATCH = 59, PR_SET_MEMORY = 35, CHECK_FLAGS = 0x11000 };
enum { NR_CLONE3 = 435, NR_FACCESSAT2 = 439, NR_CLOSE_RANGE = 436 };

static const struct feature features[] = {
    {"dispatch", SYS_prctl, 0, PR_SET_DISPATCH, EINVAL},
    {"memory-map", SYS_prctl, 0, PR_SET_MEMORY, EINVAL},
    {"seccomp", SYS_seccomp, -1, 0, ENOSYS},
    {"clone3", NR_CLONE3, -1, 0, ENOSYS},
    {"exec-check", SYS_execveat, 4, CHECK_FLAGS, EINVAL},
    {"faccessat2", NR_FACCESSAT2, -1, 0, ENOSYS},
    {"memfd-exec", SYS_memfd_create, 1, 0x11, EINVAL},
    {"mapping-query", SYS_ioctl, 1, 0xc0686611, ENOTTY},
    {"core-barrier", SYS_membarrier, 0, 1 << 5, EINVAL},
    {"close-range", NR_CLOSE_RANGE, -1, 0, ENOSYS},
    {"memfd-noexec", SYS_memfd_create, 1, 0x9, EINVAL},
};

static const struct feature *find(const char *name) {
  for (size_t i = 0; i < sizeof features / sizeof *features; i++)
    if (strcmp(features[i].name, name) == 0)
      return &features[i];
  return NULL;
}

static int take_away(const struct feature *feature) {
  struct sock_filter code[] = {
      BPF_STMT(BPF_LD | BPF_W | BPF_ABS, offsetof(struct seccomp_data, nr)),
      BPF_JUMP(BPF_JMP | BPF_JEQ | BPF_K, feature->number, 0, 3),
      BPF_STMT(BPF_LD | BPF_W | BPF_ABS,
               offsetof(struct seccomp_data, args) +
                   8 * (feature->argument < 0 ? 0 : (unsigned)feature->argument)),
      BPF_JUMP(BPF_JMP | (feature->argument < 0 ? BPF_JGE : BPF_JEQ) | BPF_K, feature->value, 0, 1),
      BPF_STMT(BPF_RET | BPF_K, SECCOMP_RET_ERRNO | feature->error),
      BPF_STMT(BPF_RET | BPF_K, SECCOMP_RET_ALLOW),
  };
  struct sock_fprog program = {sizeof code / sizeof *code, code};
  return prctl(PR_SET_SECCOMP, SECCOMP_MODE_FILTER, &program);
}

int main(int argc, char **argv) {
  prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0);
  for (int i = 1; i < argc - 1; i++) {
    if (strcmp(argv[i], "--") == 0) {
      execvp(argv[i + 1], argv + i + 1);
      return 127;
    }
    const struct feature *feature = find(argv[i]);
    if (!feature || take_away(feature) != 0) {
      fprintf(stderr, "older: cannot take away %s\n", argv[i]);
      return 2;
    }
  }
  fputs("usage: older FEATURE... -- COMMAND\n", stderr);
  return 2;
}
