// SPDX-License-Identifier: Apache-2.0 WITH Swift-exception
// What is measured, and the loop that measures it, for the probe and for the preloaded library.

#ifndef SYSWEIR_CBENCHCALLS_H
#define SYSWEIR_CBENCHCALLS_H

enum { BENCH_UNKNOWN_CALL = 500, BENCH_NUMBERS = 6 };

/// One thing that programs ask of the kernel, made through the C library's functions.
struct bench_call {
  const char *name;
  /// Makes it once; the result, or -errno.
  long (*once)(void);
  /// Makes it so often.
  void (*loop)(long count);
  /// The numbers of the system calls that a filter must catch, closed by -1.
  int numbers[BENCH_NUMBERS];
  /// What `once` gives natively if it is an error, else 0.
  long error;
};

/// How one call is measured.
struct bench_task {
  const struct bench_call *call;
  /// Calls in a batch.
  long size;
  /// Batches.
  long count;
  /// What `once` must give, or 0 for any success.
  long error;
};

/// Exists because a loop over one system call must hold nothing else, which C can promise.
/// The call of that name, or 0.
const struct bench_call *bench_find(const char *name);

/// Reads CALL SIZE COUNT; 0, or 2 once it has said what is wrong.
int bench_parse(char **words, struct bench_task *task);

/// Opens what the calls work on; 0 or an errno. Must be called before anything is armed.
int bench_prepare(void);

/// Sees that the call does what is expected, warms up, and prints a line for each batch: the ticks
/// of the processor's counter that it took. Returns an exit status.
int bench_measure(const struct bench_task *task);

/// Prints the ticks of a microsecond, measured against the clock over 50 ms.
int bench_rate(void);

/// Prints "RSS PSS PRIVATE" of this process, in KiB, once it has settled.
int bench_memory(void);

/// Prints "sysweir-probe: WHAT: the meaning of the error", and returns 1.
int bench_fail(const char *what, int error);

#endif
