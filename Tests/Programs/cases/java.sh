# shellcheck shell=bash
# SPDX-License-Identifier: Apache-2.0 WITH Swift-exception
# The Java virtual machine: threads, collectors, processes, its own use of SIGSEGV.
# needs: java javac

compile() {
  javac -d . "$DATA/Program.java"
}

run_program() {
  compile
  java "$@" Program
  echo "$?"
  rm -f ./*.class
}

case_serial() { run_program -XX:+UseSerialGC; }
case_parallel() { run_program -XX:+UseParallelGC; }
case_g1() { run_program -XX:+UseG1GC -Xmx200m; }
case_z() { run_program -XX:+UseZGC -Xmx300m; }
case_interpreted() { run_program -Xint; }

case_ends() {
  compile
  java Program exit
  echo "$?"
  timeout -s TERM 2 java Program wait
  echo "$?"
  java Program wait >dump &
  await grep -qs '^waiting' dump
  kill -QUIT $!
  await grep -qs 'Full thread dump' dump
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
