# shellcheck shell=bash disable=SC2016
# SPDX-License-Identifier: Apache-2.0 WITH Swift-exception
# Programs on a terminal of their own: sysweir stands between the terminal and the command.
# needs: python3 script tmux

outer_interactive_bash() { python3 "$DATA/terminal.py" bash "$@"; }
outer_stopped_outside() { python3 "$DATA/terminal.py" stopped "$@"; }
outer_window() { python3 "$DATA/terminal.py" window "$@"; }
outer_raw() { python3 "$DATA/terminal.py" raw "$@"; }
outer_hang_up() { python3 "$DATA/terminal.py" hangup "$@"; }
case_inside() { python3 "$DATA/terminal.py" bash; }

outer_script() {
  "$@" script -qec 'tty | sed s/[0-9]//; stty size; echo $TERM' /dev/null </dev/null
  echo "$?"
  script -qec "$* bash -c 'test -t 0 && test -t 1 && echo terminal; exit 3'" /dev/null </dev/null
  echo "$?"
}

outer_tmux() {
  local server=(tmux -f /dev/null -S "$PWD/socket")
  "$@" "${server[@]}" new-session -d -x 90 -y 30 'stty size; exec sh'
  sleep 0.7
  "${server[@]}" send-keys 'echo $((6 * 7))' Enter
  sleep 0.3
  "${server[@]}" resize-window -x 70 -y 20
  sleep 0.3
  "${server[@]}" send-keys 'stty size; sleep 9' Enter
  sleep 0.3
  "${server[@]}" send-keys C-c
  sleep 0.3
  "${server[@]}" send-keys 'echo after $?' Enter
  sleep 0.5
  "${server[@]}" capture-pane -p | grep -E '^[0-9]+|^after'
  "${server[@]}" kill-server
}
