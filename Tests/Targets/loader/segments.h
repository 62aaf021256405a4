// SPDX-License-Identifier: Apache-2.0 WITH Swift-exception
// Checks that every kind of data arrives as it was linked, however the segments are laid out.
#pragma once
#include "../target.h"

static const int constants[] = {1, 2, 3, 4};
static int data[5000] = {5, 6, 7, [4999] = 8};
static int zeros[9000];
static const int *pointers[] = {&constants[3], &data[4999], &zeros[8999]};
static __thread int local = 9;
static int constructed;

__attribute__((constructor)) static void construct(void) { constructed = 10; }

static int check_segments(void) {
  fact(constants[0] == 1 && constants[3] == 4, "constants");
  fact(data[0] == 5 && data[2] == 7 && data[3] == 0 && data[4999] == 8, "data");
  bool zero = true;
  for (int index = 0; index < 9000; index++)
    zero &= zeros[index] == 0;
  fact(zero, "bss");
  fact(*pointers[0] == 4 && *pointers[1] == 8 && *pointers[2] == 0, "pointers");
  fact(local == 9, "thread-local data");
  fact(constructed == 10, "constructor");
  data[17] = zeros[17] = 11;
  fact(data[17] == 11 && zeros[17] == 11, "data can be written");
  char *copy = strdup("heap");
  fact(strcmp(copy, "heap") == 0, "heap");
  free(copy);
  return finish();
}
