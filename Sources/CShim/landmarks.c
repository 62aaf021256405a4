// SPDX-License-Identifier: Apache-2.0 WITH Swift-exception
// Addresses of assembly labels, for Swift.

#include "image.h"

extern const char sw_gate[], sw_gate_after[], sw_gate32[], sw_gate32_after[], sw_committed[],
    sw_counted[], sw_copy_begin[], sw_copy_end[], sw_copy_fault[], sw_restorer[], sw_enter[],
    sw_enter_kept[], sw_entered[], sw_enter_by_trap[], sw_enter_restored[], sw_enter_end[],
    sw_set_number_gate[], sw_sigsys_handler[], sw_signal_handler[];

struct sw_landmarks sw_landmarks(void) {
  return (struct sw_landmarks){
      .gate = (uint64_t)sw_gate,
      .gateAfter = (uint64_t)sw_gate_after,
      .gate32 = (uint64_t)sw_gate32,
      .gate32After = (uint64_t)sw_gate32_after,
      .committed = (uint64_t)sw_committed,
      .counted = (uint64_t)sw_counted,
      .copyBegin = (uint64_t)sw_copy_begin,
      .copyEnd = (uint64_t)sw_copy_end,
      .copyFault = (uint64_t)sw_copy_fault,
      .enter = (uint64_t)sw_enter,
      .enterKept = (uint64_t)sw_enter_kept,
      .entered = (uint64_t)sw_entered,
      .enterByTrap = (uint64_t)sw_enter_by_trap,
      .enterRestored = (uint64_t)sw_enter_restored,
      .enterEnd = (uint64_t)sw_enter_end,
      .setNumberGate = (uint64_t)sw_set_number_gate,
      .signalEntry = (uint64_t)sw_signal_handler,
      .sigsysEntry = (uint64_t)sw_sigsys_handler,
      .restorer = (uint64_t)sw_restorer,
  };
}
