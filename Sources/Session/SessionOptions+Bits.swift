// SPDX-License-Identifier: Apache-2.0 WITH Swift-exception
// The user's choice in the form that targets read.

import CLayout
import CSession

extension SessionOptions {
  /// Bits of `sw_session.options`.
  func bits(trap: Trap, randomization: Randomization) -> UInt32 {
    let chosen: [(Bool, Int)] = [
      (virtualObject == .hide, SW_OPTION_HIDE_VDSO),
      (trap == .seccomp, SW_OPTION_TRAP_SECCOMP),
      (onSupervisorDeath == .kill, SW_OPTION_DIE_WITH_SUPERVISOR),
      (dispatch(with: trap) != .trap, SW_OPTION_REWRITE),
      (dispatch == .eager, SW_OPTION_EAGER),
      (statistics != .none, SW_OPTION_COUNT),
      (csession_is_filtered() != 0, SW_OPTION_NO_I386),
      (randomization >= .mappings, SW_OPTION_RANDOMIZE),
      (randomization >= .mappingsAndHeap, SW_OPTION_RANDOMIZE_HEAP),
    ]
    return chosen.reduce(0) { bits, option in option.0 ? bits | UInt32(option.1) : bits }
  }

  /// How calls come in fact: slots look at nothing but the call, and the fallback lets nothing pass
  /// but the monitor's own code.
  func dispatch(with trap: Trap) -> DispatchChoice {
    trap == .userDispatch && onSupervisorDeath == .continue ? dispatch : .trap
  }
}
