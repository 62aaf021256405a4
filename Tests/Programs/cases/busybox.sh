# shellcheck shell=bash
# SPDX-License-Identifier: Apache-2.0 WITH Swift-exception
# A static busybox as shell and as every tool of the shell.
# needs: busybox

case_shell() {
  busybox sh -c '
    trap "echo usr1" USR1
    kill -USR1 $$
    seq 100 | busybox sort -rn | busybox head -3
    busybox find /usr/include/linux -name "a*.h" | busybox sort | busybox md5sum
    x=$(echo nested | tr a-z A-Z); echo $x
    (exit 3); echo $?
    sleep 0.1 & wait $!; echo $?
    cat <<END
here $x
END
    echo a b c | while read -r x y; do echo "$y"; done
    busybox timeout 1 busybox sleep 5; echo $?
    ulimit -n; umask; set -- 1 2; echo $#
    exec busybox echo replaced'
}

case_tools() {
  busybox tar cf linux.tar -C /usr/include linux
  busybox tar tf linux.tar | busybox wc -l
  busybox gzip -c linux.tar | busybox gunzip | busybox cmp - linux.tar
  busybox mkdir out
  busybox tar xf linux.tar -C out
  busybox diff -r out/linux /usr/include/linux && echo same
  busybox grep -rl include out | busybox wc -l
  busybox awk 'BEGIN { "echo piped" | getline x; print x; system("echo system") }'
  busybox sed -n 2p /etc/passwd
  busybox xargs -n 1 echo </etc/hostname | busybox wc -l
  busybox dd if=/dev/zero bs=1 count=2000 2>/dev/null | busybox sha1sum
  busybox ls -l out/linux | busybox wc -l
  busybox readlink /proc/self/exe
  busybox ps | busybox grep -c busybox >/dev/null
  busybox nice -n 3 busybox nice
  busybox setsid busybox true
  busybox env -i A=b busybox env
  busybox vi -h >/dev/null 2>&1
  busybox stat -c %s linux.tar
  rm -rf out linux.tar
}

case_applets() {
  mkdir bin
  busybox --install -s bin
  PATH=$PWD/bin bin/sh -c 'ls bin | wc -l; echo 5 4 3 | tr " " "\n" | sort; readlink /proc/self/exe; date -u -d @0 +%Y'
  rm -rf bin
}

case_server() {
  mkdir www
  echo served >www/page
  busybox httpd -f -p 127.0.0.1:18080 -h www &
  local server=$!
  fetch() { busybox wget -q -O got http://127.0.0.1:18080/page 2>/dev/null; }
  await fetch
  cat got
  kill "$server"
  wait "$server"
  echo "$?"
}
