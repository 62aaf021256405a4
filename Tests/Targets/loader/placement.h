// SPDX-License-Identifier: Apache-2.0 WITH Swift-exception
// Runs the program itself several times and collects the addresses it gets.
#pragma once
#include "../target.h"
#include <dlfcn.h>
#include <sys/personality.h>

struct places {
  uint64_t program, bss_end, stack, heap, libc, mapping;
};

extern char end __attribute__((visibility("hidden")));

/// What the program does when started with an argument.
static void tell_places(void) {
  int local;
  struct places places;
  places.heap = (uint64_t)sbrk(0);
  places.program = (uint64_t)&tell_places;
  places.bss_end = (uint64_t)&end;
  places.stack = (uint64_t)&local;
  places.libc = (uint64_t)dlsym(RTLD_DEFAULT, "puts");
  places.mapping = (uint64_t)mmap(NULL, 4096, PROT_READ, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
  write(1, &places, sizeof places);
  _exit(0);
}

static struct places run_placed(char *path, unsigned long persona) {
  int descriptors[2];
  struct places places;
  memset(&places, 0, sizeof places);
  pipe(descriptors);
  pid_t child = fork();
  if (child == 0) {
    personality(persona);
    dup2(descriptors[1], 1);
    close(descriptors[0]);
    close(descriptors[1]);
    execl(path, path, "tell", NULL);
    _exit(1);
  }
  close(descriptors[1]);
  expect(read(descriptors[0], &places, sizeof places) == sizeof places, "places are told");
  close(descriptors[0]);
  wait_for(child);
  return places;
}
