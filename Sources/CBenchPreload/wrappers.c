// SPDX-License-Identifier: Apache-2.0 WITH Swift-exception
// Wrappers as an interposing library has them: each passes its call on to the C library.

#define _GNU_SOURCE
#include <dlfcn.h>
#include <fcntl.h>
#include <spawn.h>
#include <stdarg.h>
#include <sys/types.h>
#include <sys/wait.h>
#include <unistd.h>

// Exist because the dynamic linker can bind a program's calls to C functions only.
// `next` looks the C library's function up at the first call.
#define next(name)                                                                                 \
  static __typeof__(&name) found;                                                                  \
  if (__builtin_expect(!found, 0))                                                                 \
  found = (__typeof__(&name))dlsym(RTLD_NEXT, #name)

pid_t getppid(void) {
  next(getppid);
  return found();
}

ssize_t write(int file, const void *bytes, size_t count) {
  next(write);
  return found(file, bytes, count);
}

int open(const char *path, int flags, ...) {
  next(open);
  va_list rest;
  va_start(rest, flags);
  mode_t mode = flags & (O_CREAT | O_TMPFILE) ? va_arg(rest, mode_t) : 0;
  va_end(rest);
  return found(path, flags, mode);
}

int close(int file) {
  next(close);
  return found(file);
}

ssize_t pread(int file, void *bytes, size_t count, off_t offset) {
  next(pread);
  return found(file, bytes, count, offset);
}

long syscall(long number, ...) {
  next(syscall);
  va_list rest;
  long values[6];
  va_start(rest, number);
  for (int i = 0; i < 6; i++)
    values[i] = va_arg(rest, long);
  va_end(rest);
  return found(number, values[0], values[1], values[2], values[3], values[4], values[5]);
}

pid_t fork(void) {
  next(fork);
  return found();
}

pid_t waitpid(pid_t child, int *status, int options) {
  next(waitpid);
  return found(child, status, options);
}

int posix_spawn(pid_t *child, const char *path, const posix_spawn_file_actions_t *actions,
                const posix_spawnattr_t *attributes, char *const *arguments,
                char *const *environment) {
  next(posix_spawn);
  return found(child, path, actions, attributes, arguments, environment);
}
