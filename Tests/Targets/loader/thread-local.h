// SPDX-License-Identifier: Apache-2.0 WITH Swift-exception
// Thread-local variables of large alignment with initial values, in every thread.
#pragma once
#include "../target.h"

struct line {
  int words[16];
} __attribute__((aligned(64)));

static __thread struct line line = {{1, 2, 3, [15] = 4}};
static __thread int zero;
static __thread char odd[3] = "ab";
__thread long shared_with_others = 77;

static bool fresh(void) {
  return (uintptr_t)&line % 64 == 0 && line.words[0] == 1 && line.words[2] == 3 &&
         line.words[3] == 0 && line.words[15] == 4 && zero == 0 && strcmp(odd, "ab") == 0 &&
         shared_with_others == 77;
}

static void *run(void *result) {
  *(bool *)result = fresh();
  zero = line.words[0] = 99;
  shared_with_others = 1;
  return &line;
}

static int check_thread_local(void) {
  fact(fresh(), "values in the main thread");
  zero = line.words[0] = 50;
  bool all = true, apart = true;
  for (int index = 0; index < 20; index++) {
    pthread_t thread;
    bool good = false;
    void *address;
    pthread_create(&thread, NULL, run, &good);
    pthread_join(thread, &address);
    all &= good;
    apart &= address != &line;
  }
  fact(all, "values in other threads");
  fact(apart, "variables of their own");
  fact(zero == 50 && line.words[0] == 50, "ours untouched");
  return finish();
}
