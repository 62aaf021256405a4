// SPDX-License-Identifier: Apache-2.0 WITH Swift-exception
// The GNU part of the C library that reports need.

#define _GNU_SOURCE
#include "CProbe.h"

#include <string.h>
#include <sys/auxv.h>

const char *probe_error_name(int error) {
  const char *name = strerrorname_np(error);
  return name ? name : "unknown";
}

const char *probe_error_meaning(int error) {
  const char *meaning = strerrordesc_np(error);
  return meaning ? meaning : "unknown";
}

unsigned long probe_auxiliary(unsigned long type) { return getauxval(type); }
