// SPDX-License-Identifier: Apache-2.0 WITH Swift-exception
// Work that makes processes: forks that answer through a pipe, execs and spawns of this program.

#include "soak.h"

#include <fcntl.h>
#include <spawn.h>
#include <sys/wait.h>

uint64_t child_answer(uint64_t seed) { return checksum(&seed, sizeof seed); }
int child_status(uint64_t seed) { return (int)(seed % 100) + 1; }

/// The program started by exec: what it was given is checked, and answered for on stdout.
int child_main(int argc, char **argv) {
  if (argc != 3)
    return 101;
  uint64_t seed = strtoull(argv[2], 0, 16);
  const char *variable = getenv("SOAK");
  if (!variable || strcmp(variable, argv[2]))
    return 102;
  sigset_t mask;
  sigprocmask(SIG_BLOCK, 0, &mask);
  if (!sigismember(&mask, SIGWINCH) || sigismember(&mask, SIGUSR1) || sigismember(&mask, SIGSYS))
    return 103;
  struct sigaction action;
  sigaction(SIGUSR1, 0, &action);
  if (action.sa_handler != SIG_DFL)
    return 104;
  uint64_t answer = child_answer(seed);
  if (write(1, &answer, sizeof answer) != sizeof answer)
    return 105;
  return child_status(seed);
}

static void expect_end(pid_t child, int status) {
  int seen = 0;
  EXPECT(RETRY(waitpid(child, &seen, 0)), child);
  EXPECT(WIFEXITED(seen), 1);
  EXPECT(WEXITSTATUS(seen), status);
}

static void expect_answer(int file, uint64_t seed) {
  uint64_t answer = 0, more;
  EXPECT(read_all(file, &answer, sizeof answer), sizeof answer);
  EXPECT(answer, child_answer(seed));
  EXPECT(read_all(file, &more, 1), 0);
}

/// In the child of a fork: its identity, a signal of its own, and its answer.
static void answer_fork(int file, uint64_t seed, pid_t parent) {
  if (getppid() != parent)
    _exit(201);
  uint64_t before = plain;
  if (raise(SIGUSR2) || plain == before)
    _exit(202);
  uint64_t answer = child_answer(seed);
  if (write_all(file, &answer, sizeof answer) != sizeof answer)
    _exit(203);
  _exit(differences ? 204 : child_status(seed));
}

void work_forks(struct worker *worker) {
  uint64_t seed = next_random(&worker->random);
  int ends[2];
  EXPECT(pipe2(ends, O_CLOEXEC), 0);
  pid_t parent = getpid(), child = fork();
  if (child == 0) {
    differences = 0;
    answer_fork(ends[1], seed, parent);
  }
  EXPECT(child > 0, 1);
  close(ends[1]);
  if (child > 0) {
    expect_answer(ends[0], seed);
    expect_end(child, child_status(seed));
  }
  close(ends[0]);
}

/// Arguments and environment of an exec, built where no allocation is needed.
struct image {
  char seed[20], variable[32];
  char *arguments[4], *environment[2];
};

static void fill(struct image *image, uint64_t seed) {
  snprintf(image->seed, sizeof image->seed, "%lx", seed);
  snprintf(image->variable, sizeof image->variable, "SOAK=%s", image->seed);
  char *arguments[] = {self, "child", image->seed, 0};
  memcpy(image->arguments, arguments, sizeof arguments);
  image->environment[0] = image->variable;
  image->environment[1] = 0;
}

static void set_child_mask(sigset_t *mask) {
  sigemptyset(mask);
  sigaddset(mask, SIGWINCH);
}

void work_execs(struct worker *worker) {
  uint64_t seed = next_random(&worker->random);
  struct image image;
  fill(&image, seed);
  int ends[2];
  EXPECT(pipe2(ends, O_CLOEXEC), 0);
  pid_t child = fork();
  if (child == 0) {
    sigset_t mask;
    set_child_mask(&mask);
    sigprocmask(SIG_SETMASK, &mask, 0);
    dup2(ends[1], 1);
    const char *path = seed % 2 ? self : "/proc/self/exe";
    execve("/nonexistent/soak", image.arguments, image.environment);
    execve(path, image.arguments, image.environment);
    _exit(205);
  }
  EXPECT(child > 0, 1);
  close(ends[1]);
  if (child > 0) {
    expect_answer(ends[0], seed);
    expect_end(child, child_status(seed));
  }
  close(ends[0]);
}

void work_spawns(struct worker *worker) {
  uint64_t seed = next_random(&worker->random);
  struct image image;
  fill(&image, seed);
  int ends[2];
  EXPECT(pipe2(ends, O_CLOEXEC), 0);
  posix_spawn_file_actions_t actions;
  posix_spawnattr_t attributes;
  sigset_t mask;
  set_child_mask(&mask);
  posix_spawn_file_actions_init(&actions);
  posix_spawn_file_actions_adddup2(&actions, ends[1], 1);
  posix_spawnattr_init(&attributes);
  posix_spawnattr_setsigmask(&attributes, &mask);
  posix_spawnattr_setflags(&attributes, POSIX_SPAWN_SETSIGMASK);
  pid_t child = 0;
  EXPECT(posix_spawn(&child, "/nonexistent/soak", &actions, &attributes, image.arguments,
                     image.environment),
         ENOENT);
  EXPECT(posix_spawn(&child, self, &actions, &attributes, image.arguments, image.environment), 0);
  close(ends[1]);
  expect_answer(ends[0], seed);
  expect_end(child, child_status(seed));
  close(ends[0]);
  posix_spawnattr_destroy(&attributes);
  posix_spawn_file_actions_destroy(&actions);
}
