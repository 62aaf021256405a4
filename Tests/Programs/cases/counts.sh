# shellcheck shell=bash disable=SC2016
# SPDX-License-Identifier: Apache-2.0 WITH Swift-exception
# How many calls there were, compared with what strace counts.
# needs: gcc strace python3

# strace counts the first exec, but no call that does not come back, nor numbers without a call;
# sysweir does the opposite.
total() {
  local folder ends=$1 unknown=$2
  shift 2
  folder=$(mktemp -d)
  gcc -O1 -pthread -o "$folder/counts" "$DATA/counts.c"
  if [[ $# -eq 0 ]]; then
    strace -f -c -o "$folder/strace" "$folder/counts"
    awk -v more="$((ends + unknown - 1))" '$NF == "total" { print $4 + more, "calls" }' \
      "$folder/strace"
    printf 'unknown: %s\nrewritten: yes\n' "$unknown"
  else
    "${@:1:2}" --stats="$folder/statistics" --json -- "$folder/counts"
    python3 -c 'import json, sys
calls = json.load(open(sys.argv[1]))["calls"]
print(calls["total"], "calls")
print("unknown:", calls["unknown"])
print("rewritten:", "yes" if calls["rewritten"] > 20000 else calls)' "$folder/statistics"
  fi
  rm -rf "$folder"
}

outer_counts() { total 4 8100 "$@"; }
