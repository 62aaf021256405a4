# shellcheck shell=bash
# SPDX-License-Identifier: Apache-2.0 WITH Swift-exception
# Waiting for what is expected, for every case: a wait in vain fails the case, natively as well.

# await COMMAND...: runs it until it succeeds, for 20 seconds at most.
await() {
  local end=$((SECONDS + 20))
  until "$@"; do
    if ((SECONDS > end)); then
      echo "(waited in vain for $*)"
      return 1
    fi
    sleep 0.02
  done
}

# named PID COMMAND: true if the process runs a program of that name by now.
named() { [[ $(cat "/proc/$1/comm" 2>/dev/null) == "$2" ]]; }

# stopped PID: true if the process is stopped by a signal.
stopped() { grep -q '^State:.T' "/proc/$1/status" 2>/dev/null; }
