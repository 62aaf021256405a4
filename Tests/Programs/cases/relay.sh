# shellcheck shell=bash
# SPDX-License-Identifier: Apache-2.0 WITH Swift-exception
# Signals to the process group of a job reach the command once, as those to the job's process do.
# needs: python3

outer_group() {
  set -m
  "$@" python3 "$DATA/relay.py" &
  local number=0 to
  for to in %1 $! %1 %1 $!; do
    until [[ -e got$number ]]; do sleep 0.02; done
    # What follows at once is taken for a copy.
    sleep 0.5
    kill -USR1 "$to"
    number=$((number + 1))
  done
  until [[ -e got$number ]]; do sleep 0.02; done
  sleep 0.5
  kill -TERM %1
  wait %1
  echo "$?"
}
