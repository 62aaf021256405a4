# shellcheck shell=bash disable=SC1083,SC2016,SC2018,SC2019,SC2093,SC2103,SC2116,SC2164
# SPDX-License-Identifier: Apache-2.0 WITH Swift-exception
# Bash and dash: job control, traps, substitutions and limits.

case_job_control() {
  set -m
  sleep 1 &
  sleep 5 &
  jobs | sed 's/ *&$//'
  kill %2
  wait %2
  echo "killed: $?"
  wait %1
  echo "waited: $?"
  (sleep 0.1; exit 7) &
  fg >/dev/null
  echo "fg: $?"
  sleep 5 &
  kill -STOP %%
  await stopped $!
  jobs -l | sed -E 's/ [0-9]+ / PID /'
  kill -CONT %%
  kill -TERM %%
  wait %%
  echo "continued and ended: $?"
}

case_traps() {
  trap 'echo usr1 $?' USR1
  trap 'echo usr2' USR2
  trap 'echo err $?' ERR
  trap 'echo exit $?' EXIT
  trap '' INT
  kill -USR1 $$
  (exit 3)
  kill -USR2 $BASHPID
  kill -INT $$
  for ((i = 0; i < 50; i++)); do kill -USR1 $$; done
  (trap -p; trap 'echo inner' EXIT; kill -TERM $BASHPID)
  echo "subshell: $?"
  bash -c 'trap "echo term; exit 9" TERM; sleep 20 & echo ready >p; wait' &
  await test -s p
  kill -TERM $!
  wait $!
  echo "child: $?"
  exit 5
}

case_substitutions() {
  diff <(seq 1 9) <(seq 1 2 9)
  seq 1 100 | tee >(wc -l >count) >/dev/null
  await test -s count
  cat count
  cat <<-DOC
	here $(echo nested "$(seq -s, 5)")
	DOC
  cat <<<"string"
  coproc UPPER { tr a-z A-Z; }
  echo through the coprocess >&"${UPPER[1]}"
  exec {UPPER[1]}>&-
  cat <&"${UPPER[0]}"
  mapfile -t lines < <(printf '%s\n' a b c)
  echo "${#lines[@]} ${lines[*]}"
  exec 7<>file
  echo written >&7
  cat file
  exec 7>&-
  { echo out; echo err >&2; } 2>&1 | sort
  echo "${PIPESTATUS[*]}"
  # shellcheck disable=SC2216
  yes | head -1
  echo "${PIPESTATUS[*]}"
}

case_waiting() {
  (sleep 0.3; exit 3) &
  local slow=$!
  (exit 4) &
  wait -n
  echo "$?"
  wait $slow
  echo "$?"
  (sleep 0.1; exit 6) &
  wait -n -p which
  echo "$? $((which == $!))"
  wait
  echo "$?"
  for i in 1 2 3 4 5 6 7 8 9 10; do (exit "$i") & pids[i]=$!; done
  for i in 1 2 3 4 5 6 7 8 9 10; do wait "${pids[i]}"; echo -n "$? "; done
  echo
  read -rt 0.1 _ < <(sleep 3)
  echo "timeout: $?"
}

case_limits() {
  ulimit -a | grep -v pending
  ulimit -Sn 64
  bash -c 'ulimit -n; for i in $(seq 3 70); do eval "exec $i</dev/null" || break; done; echo last $i' 2>&1 |
    grep -v 'line'
  ulimit -c 0
  ulimit -f 1
  bash -c 'dd if=/dev/zero of=big bs=1024 count=9 2>/dev/null; echo $?'
}

case_deaths() {
  for signal in HUP INT QUIT ILL ABRT FPE KILL SEGV BUS SYS PIPE ALRM TERM USR1 STKFLT XCPU; do
    bash -c "ulimit -c 0; kill -$signal \$\$; sleep 0.2; echo survived"
    echo "$signal: $?"
  done 2>&1 | sed -E 's/: +[0-9]+ (.*)/: PID \1/'
}

outer_status() {
  local command
  for command in 'exit 0' 'exit 1' 'exit 255' 'kill -9 $$' 'kill -TERM $$' 'ulimit -c 0; kill -SEGV $$' \
    'ulimit -c 0; kill -SYS $$' 'kill -RTMIN $$' 'exec true' 'exec false'; do
    ("$@" bash -c "$command") 2>/dev/null
    echo "$command: $?"
  done
  "$@" ./missing >/dev/null 2>&1
  echo "missing: $?"
  echo text >text
  "$@" ./text >/dev/null 2>&1
  echo "not executable: $?"
}

outer_streams() {
  echo input | "$@" cat
  "$@" cat <&- 2>/dev/null
  echo "stdin closed: $?"
  "$@" bash -c 'echo out >&2; ls -l /proc/self/fd | wc -l >&2; echo x; echo $? >&2' >&- 2>errors
  sed 's/^.*line [0-9]*: //' errors
  "$@" bash -c 'echo out; ls /proc/self/fd' 2>&-
  "$@" bash -c 'exit 4' <&- >&- 2>&-
  echo "all closed: $?"
  "$@" bash -c 'readlink /proc/self/fd/9; echo more >&9' 9>nine | sed 's/.*nine/nine/'
  cat nine
  seq 100000 | "$@" head -1
  echo "${PIPESTATUS[*]}"
}

case_dash() {
  dash -c '
    trap "echo got usr1" USR1
    kill -USR1 $$
    echo "$(echo nested | tr a-z A-Z)"
    (exit 3) || echo "status $?"
    sleep 0.1 & wait $!
    echo "wait $?"
    set -- a b c; for x; do printf "%s\n" "$x"; done | sort -r
    cat <<END
here $1
END
    ulimit -n
    f() { return 9; }; f; echo $?
    exec 5>five; echo five >&5; cat five
    kill -TERM $$'
  echo "$?"
}

case_deep() {
  local command='echo deep'
  for _ in $(seq 12); do command="bash -c $(printf %q "$command")"; done
  eval "$command"
  i=0
  while [[ $i -lt 150 ]]; do i=$(bash -c "echo \$(($i + 1))"); done
  echo "$i"
  seq 300 | while read -r n; do /bin/echo "$n"; done | tail -1
}

case_scripts() {
  printf '#!/bin/sh\necho "one: $0 $*"\n' >one
  printf '#!%s/one an argument\n' "$PWD" >two
  printf '#!%s/two\n' "$PWD" >three
  printf 'echo no shebang: "$0" "$@"\n' >four
  printf '#!/no/such/interpreter\n' >five
  printf '#!/usr/bin/env -S bash -c "echo six $0 $@" x\n' >six
  printf '#!' >seven
  chmod +x one two three four five six seven
  for script in one two three four five six seven; do
    ./$script a 'b c' 2>&1 | sed "s|$PWD|HERE|g"
    echo "$script: ${PIPESTATUS[0]}"
  done
  PATH=$PWD:$PATH one from path | sed "s|$PWD|HERE|g"
  printf '#!%s/eight\n' "$PWD" >eight
  chmod +x eight
  ./eight 2>&1 | sed "s|$PWD|HERE|g"
  chmod -x one
  ./one
  echo "$?"
}

# shellcheck disable=SC2034
case_builtins() {
  printf '%(%Y)T\n' 0
  time_of() { TIMEFORMAT=; time "$@"; }
  time_of true
  echo "$((RANDOM < 32768))" "${BASH_VERSINFO[0]}"
  [[ $SECONDS -lt 5 && $EPOCHSECONDS -gt 1000 ]] && echo times
  declare -A map=([a]=1 [b]=2)
  echo "${map[a]}${map[b]}"
  umask
  umask 077
  touch private
  cd /
  cd - >/dev/null
  [[ -O private && ! -x private ]] && echo owned
  enable -n echo
  type -t echo
  hash -r
  command -v ls
  exec -a other bash -c 'echo "$0"; tr "\0" " " </proc/$$/cmdline; echo'
}
