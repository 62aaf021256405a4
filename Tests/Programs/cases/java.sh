# shellcheck shell=bash
# SPDX-License-Identifier: Apache-2.0 WITH Swift-exception
# The Java virtual machine: threads, collectors, processes, its own use of SIGSEGV.
# needs: java

compile() {
  command -v javac >/dev/null || return 1
  javac -d . "$DATA/Program.java"
}

# Without a compiler the machine still runs its own tools.
run_program() {
  if compile; then java "$@" Program; else java "$@" -version 2>/dev/null; fi
  echo "$?"
  rm -f ./*.class
}

case_serial() { run_program -XX:+UseSerialGC; }
case_parallel() { run_program -XX:+UseParallelGC; }
case_g1() { run_program -XX:+UseG1GC -Xmx200m; }
case_z() { run_program -XX:+UseZGC -Xmx300m; }
case_interpreted() { run_program -Xint; }

case_ends() {
  compile || return 0
  java Program exit
  echo "$?"
  timeout -s TERM 2 java Program wait
  echo "$?"
  java Program wait >dump &
  sleep 1.5
  kill -QUIT $!
  sleep 0.5
  kill -HUP $!
  wait $!
  echo "$?"
  grep -c 'Full thread dump' dump
  grep -E '^(waiting|hook)' dump
  rm dump
  java -Xmx20m Program fill 2>/dev/null
  echo "$?"
  java Program deep
  rm -f ./*.class
}
