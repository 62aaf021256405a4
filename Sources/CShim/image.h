// SPDX-License-Identifier: Apache-2.0 WITH Swift-exception
// What assembly and C of this module share about the image and the way in.

#ifndef SYSWEIR_IMAGE_H
#define SYSWEIR_IMAGE_H

#include "CShim.h"

/// Entry of a trapped thread; see entry.S.
void sw_entry(void);
/// Jumps into the moved image with the stack reset to the kernel's.
__attribute__((noreturn)) void sw_continue_at(uint64_t address, const uint64_t *stack);
/// Swift: loads the program and enters it (Monitor).
__attribute__((noreturn)) void sw_main(const uint64_t *stack);
/// Swift: a signal that is not a trap (Dispatcher).
void sw_on_signal(int signal, struct sw_siginfo *info, struct sw_ucontext *context);

#endif
