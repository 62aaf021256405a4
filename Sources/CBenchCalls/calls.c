// SPDX-License-Identifier: Apache-2.0 WITH Swift-exception
// The calls that are measured, each as programs make it: by a function of the C library, but for
// one that it does not know, which is made as its own are: the number is moved right before
// `syscall`.

#define _GNU_SOURCE
#include "CBenchCalls.h"

#include <errno.h>
#include <fcntl.h>
#include <linux/futex.h>
#include <spawn.h>
#include <string.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <unistd.h>

extern char **environ;
static int null_file, page_file;
static char page[4096];

int bench_prepare(void) {
  null_file = open("/dev/null", O_WRONLY | O_CLOEXEC);
  page_file = open("/proc/self/exe", O_RDONLY | O_CLOEXEC);
  return null_file < 0 || page_file < 0 ? errno : 0;
}

static long answer(long result) { return result < 0 ? -errno : result; }

static inline long unknown(void) {
  long result;
  __asm__ volatile("mov %1, %%eax\n  syscall"
                   : "=a"(result)
                   : "i"(BENCH_UNKNOWN_CALL)
                   : "rcx", "r11", "memory");
  if (result < 0)
    errno = (int)-result;
  return result < 0 ? -1 : result;
}
static inline long parent(void) {
  long result = getppid();
  // The C library knows no failure of this one, and leaves errno alone.
  if (result < 0)
    errno = EPERM;
  return result;
}
static inline long write_byte(void) { return write(null_file, page, 1); }
static inline long open_close(void) { return close(open("/dev/null", O_RDONLY)); }
static inline long read_page(void) { return pread(page_file, page, sizeof page, 0); }
static inline long wake(void) {
  static int word;
  return syscall(SYS_futex, &word, FUTEX_WAKE | FUTEX_PRIVATE_FLAG, 1, 0, 0, 0);
}

static long end_of(pid_t child) {
  int status;
  if (waitpid(child, &status, 0) < 0)
    return -1;
  errno = ECHILD;
  return status ? -1 : 0;
}

static inline long fork_wait(void) {
  pid_t child = fork();
  if (child == 0)
    _exit(0);
  return child < 0 ? -1 : end_of(child);
}

static inline long spawn_wait(void) {
  char *arguments[] = {"/bin/true", 0};
  pid_t child;
  errno = posix_spawn(&child, arguments[0], 0, 0, arguments, environ);
  return errno ? -1 : end_of(child);
}

#define CALL(function)                                                                             \
  static long function##_once(void) { return answer(function()); }                                 \
  static void function##_loop(long count) {                                                        \
    while (count-- > 0)                                                                            \
      function();                                                                                  \
  }
CALL(unknown)
CALL(parent)
CALL(write_byte)
CALL(open_close)
CALL(read_page)
CALL(wake)
CALL(fork_wait)
CALL(spawn_wait)

#define BENCH_CHILD SYS_fork, SYS_vfork, SYS_clone, SYS_clone3, SYS_wait4
static const struct bench_call calls[] = {
    {"unknown", unknown_once, unknown_loop, {BENCH_UNKNOWN_CALL, -1}, -ENOSYS},
    {"getppid", parent_once, parent_loop, {SYS_getppid, -1}, 0},
    {"write", write_byte_once, write_byte_loop, {SYS_write, -1}, 0},
    {"open", open_close_once, open_close_loop, {SYS_open, SYS_openat, SYS_close, -1}, 0},
    {"pread", read_page_once, read_page_loop, {SYS_pread64, -1}, 0},
    {"futex", wake_once, wake_loop, {SYS_futex, -1}, 0},
    {"fork", fork_wait_once, fork_wait_loop, {BENCH_CHILD, -1}, 0},
    {"spawn", spawn_wait_once, spawn_wait_loop, {BENCH_CHILD, -1}, 0},
};

const struct bench_call *bench_find(const char *name) {
  for (unsigned i = 0; i < sizeof calls / sizeof *calls; i++)
    if (!strcmp(calls[i].name, name))
      return &calls[i];
  return 0;
}
