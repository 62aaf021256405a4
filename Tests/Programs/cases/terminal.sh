# shellcheck shell=bash disable=SC2016
# SPDX-License-Identifier: Apache-2.0 WITH Swift-exception
# Programs on a terminal of their own: sysweir stands between the terminal and the command.
# needs: python3 script tmux vi less top

outer_bash() { python3 "$DATA/terminal.py" bash "$@"; }
outer_jobs() { python3 "$DATA/terminal.py" jobs "$@"; }
outer_stopped_outside() { python3 "$DATA/terminal.py" outside "$@"; }
outer_recorded() { python3 "$DATA/terminal.py" script "$@"; }
outer_window() { python3 "$DATA/terminal.py" window "$@"; }
outer_raw() { python3 "$DATA/terminal.py" raw "$@"; }
outer_screen() { python3 "$DATA/terminal.py" screen "$@"; }
outer_hang_up() { python3 "$DATA/terminal.py" hangup "$@"; }
case_inside() { python3 "$DATA/terminal.py" jobs; }

outer_script() {
  "$@" script -qec 'tty | sed s/[0-9]//; stty size; echo $TERM' /dev/null </dev/null
  echo "$?"
  script -qec "$* bash -c 'test -t 0 && test -t 1 && echo terminal; exit 3'" /dev/null </dev/null
  echo "$?"
}

# A server that outlives the command that started it, and drives a shell on its terminal.
outer_tmux() {
  local server=(tmux -f /dev/null -S "$PWD/socket")
  shows() { "${server[@]}" capture-pane -p | grep -qE "$1"; }
  runs() { [[ $("${server[@]}" display-message -p '#{pane_current_command}') == "$1" ]]; }
  is_gone() { ! "${server[@]}" has-session 2>/dev/null; }
  SHELL=/bin/sh "$@" "${server[@]}" new-session -d -x 90 -y 30 'stty size; exec sh'
  await shows '^[#$]'
  "${server[@]}" send-keys 'echo $((6 * 7))' Enter
  await shows '^42'
  "${server[@]}" resize-window -x 70 -y 20
  "${server[@]}" send-keys 'until stty size | grep "20 70"; do sleep 0.02; done' Enter
  await shows '^20 70'
  "${server[@]}" send-keys 'sleep 99' Enter
  await runs sleep
  "${server[@]}" send-keys C-c
  "${server[@]}" send-keys 'echo after $?' Enter
  await shows '^after'
  "${server[@]}" capture-pane -p | grep -E '^[0-9]+|^after'
  "${server[@]}" split-window 'echo second; exec cat'
  await shows '^second'
  "${server[@]}" send-keys 'typed' Enter
  await shows '^typed'
  "${server[@]}" list-panes -F '#{pane_current_command} #{pane_dead}'
  "${server[@]}" kill-server
  await is_gone
  rm -f socket
}
case_tmux_inside() { outer_tmux; }
