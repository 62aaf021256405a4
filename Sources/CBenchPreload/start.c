// SPDX-License-Identifier: Apache-2.0 WITH Swift-exception
// The preloaded library measures from inside any dynamic program, before that begins.
// usage: LD_PRELOAD=libsysweir-preload.so /bin/true sysweir-probe CALL SIZE COUNT | memory

#define _GNU_SOURCE
#include <CBenchCalls.h>

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

// The Swift driver links this library, reads options for the linker from such sections, and would
// otherwise make it depend on Swift's runtime, which every program that it is loaded to would load.
__asm__(".pushsection .swift1_autolink_entries, \"e\", @progbits\n"
        "  .asciz \"-Wl,--as-needed\"\n"
        ".popsection\n");

static int run(char **words) {
  struct bench_task task;
  if (words[0] && !strcmp(words[0], "memory"))
    return bench_memory();
  int status = bench_parse(words, &task);
  if (status)
    return status;
  int error = bench_prepare();
  return error ? bench_fail("opening files", error) : bench_measure(&task);
}

/// Exists because the dynamic linker calls constructors with main's arguments.
/// In a program without our word, such as the one that "spawn" starts, it does nothing.
__attribute__((constructor)) static void start(int count, char **arguments) {
  if (count < 2 || strcmp(arguments[1], "sysweir-probe"))
    return;
  int status = run(arguments + 2);
  fflush(stdout);
  _exit(status);
}
