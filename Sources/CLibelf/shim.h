// SPDX-License-Identifier: Apache-2.0 WITH Swift-exception
// What of libelf is used: opening a file that is in memory, and its sections.

#include <elf.h>
#include <gelf.h>
#include <libelf.h>
