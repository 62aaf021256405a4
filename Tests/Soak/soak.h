// SPDX-License-Identifier: Apache-2.0 WITH Swift-exception
// What the parts of the soak program share: its counts, its checks, its kinds of work.

#ifndef SOAK_H
#define SOAK_H

#define _GNU_SOURCE
#include <errno.h>
#include <signal.h>
#include <stdatomic.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/types.h>
#include <unistd.h>

enum { WORKERS = 8 };

/// Kinds of work; each is done over and over by every worker, in an order of its own.
#define KINDS(X)                                                                                   \
  X(pipes)                                                                                         \
  X(forks)                                                                                         \
  X(execs)                                                                                         \
  X(spawns)                                                                                        \
  X(threads)                                                                                       \
  X(cancels)                                                                                       \
  X(faults)                                                                                        \
  X(masks)                                                                                         \
  X(mappings)                                                                                      \
  X(files)                                                                                         \
  X(registers)                                                                                     \
  X(waits)

#define KIND(name) KIND_##name,
enum { KINDS(KIND) KIND_COUNT };
#undef KIND

/// A worker's own state, handed to every piece of work.
struct worker {
  int index;
  pid_t tid;
  uint64_t random;
  uint64_t done[KIND_COUNT];
};

/// Exact counts of the queued signals: each one sent must arrive once.
extern atomic_uint_fast64_t queued, arrived;
/// Signals that may merge, and so are only counted.
extern atomic_uint_fast64_t plain;
/// Set once the workers are to stop, and once the storm has.
extern atomic_int stopping;

/// Reports one difference between what was seen and what must be; the run goes on.
void differ(const char *file, int line, const char *what, long seen, long wanted);
extern atomic_uint_fast64_t differences;

#define EXPECT(seen, wanted)                                                                       \
  do {                                                                                             \
    long seen_ = (long)(seen), wanted_ = (long)(wanted);                                           \
    if (seen_ != wanted_)                                                                          \
      differ(__FILE__, __LINE__, #seen, seen_, wanted_);                                           \
  } while (0)

#define RETRY(call)                                                                                \
  ({                                                                                               \
    long result_;                                                                                  \
    do                                                                                             \
      result_ = (long)(call);                                                                      \
    while (result_ < 0 && errno == EINTR);                                                         \
    result_;                                                                                       \
  })

uint64_t next_random(uint64_t *state);
uint64_t checksum(const void *bytes, size_t count);
/// Reads or writes all of it, over interruptions; the count done before an end or an error.
size_t read_all(int file, void *bytes, size_t count);
size_t write_all(int file, const void *bytes, size_t count);

#define KIND(name) void work_##name(struct worker *worker);
KINDS(KIND)
#undef KIND

/// Path of this program.
extern char self[4096];
/// The program started by an exec of itself.
int child_main(int argc, char **argv);
/// What such a child prints for a seed, and how it ends.
uint64_t child_answer(uint64_t seed);
int child_status(uint64_t seed);

void storm_handlers(void);
void *storm_main(void *unused);
/// Starts, and ends, the calling worker's own interval timer.
timer_t storm_timer_start(pid_t tid);
extern pid_t worker_tids[WORKERS];

#endif
