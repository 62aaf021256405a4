# shellcheck shell=bash
# SPDX-License-Identifier: Apache-2.0 WITH Swift-exception
# Everyday tools over loopback, keys, compression by threads, and what watches other processes.
# needs: python3 curl openssl ssh-keygen xz zstd rsync inotifywait strace gdb gcc man col

case_web() {
  mkdir pages
  seq 100000 >pages/numbers
  python3 -u -m http.server -d pages -b 127.0.0.1 0 >log 2>&1 &
  await grep -qs 'port [0-9]' log
  local port
  port=$(sed -n 's/.* port \([0-9]*\) .*/\1/p' log)
  curl -sS "http://127.0.0.1:$port/numbers" | sha256sum
  curl -sS --parallel "http://127.0.0.1:$port/[1-9]" -o /dev/null -w '%{http_code}\n' 2>/dev/null
  curl -sS http://127.0.0.1:1/ 2>/dev/null
  echo "refused: $?"
  kill $!
  wait $!
  echo "$?"
  rm log
}

case_keys() {
  ssh-keygen -q -t ed25519 -N '' -f key </dev/null
  ssh-keygen -y -f key | cut -d' ' -f2 | cmp - <(cut -d' ' -f2 key.pub) && echo same
  openssl req -x509 -newkey rsa:2048 -nodes -keyout private -out certificate -subj /CN=x -days 1 2>/dev/null
  openssl s_server -accept 127.0.0.1:0 -cert certificate -key private -www >log 2>&1 &
  await grep -qs '^ACCEPT' log
  printf 'GET / HTTP/1.0\r\n\r\n' | openssl s_client -quiet -verify_quiet \
    -connect "$(sed -n 's/^ACCEPT //p' log)" 2>/dev/null | head -1
  kill $!
  wait $!
  echo "$?"
  rm key* private certificate log
}

case_compression() {
  tar c -C /usr/include linux | xz -T2 -1 | xz -dc | zstd -q -T2 -3 | zstd -dqc | tar t | sha256sum
  rsync -a /usr/include/linux/ copy
  rsync -ain /usr/include/linux/ copy | wc -l
  diff -r /usr/include/linux copy && echo same
  rm -r copy
}

case_watching() {
  mkdir watched
  inotifywait -m -e create -e delete watched >events 2>log &
  await grep -qs established log
  touch watched/one
  rm watched/one
  await grep -qs DELETE events
  kill $!
  wait $!
  echo "$?"
  cat events
  strace -f -e trace=write -e signal=none -o trace sh -c 'echo x; /bin/echo y'
  grep -c '"[xy]' trace
  rm trace log
}

# A debugger sees the traps of what it debugs, and is told not to mind.
case_debugger() {
  printf 'int twice(int x) { return 2 * x; }\nint main(void) { return twice(4); }\n' >program.c
  gcc -g -o program program.c
  timeout 60 gdb -q -nx -batch -ex 'handle SIGSYS nostop noprint pass' -ex 'set debuginfod enabled off' \
    -ex 'break twice' -ex run -ex backtrace -ex finish -ex continue ./program 2>&1 |
    grep -E '^(#|Value|\[Inferior)' | sed 's/0x[0-9a-f]*/ADDRESS/; s/process [0-9]*/process/'
  rm program
}

# Its helpers run under a filter that refuses to open or make files which can be written.
case_manual() {
  printf '.TH X 1\n.SH NAME\nx - a page\n' >x.1
  man -P cat ./x.1 2>&1 | grep -c 'a page'
}
