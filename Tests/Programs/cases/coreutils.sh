# shellcheck shell=bash disable=SC2003,SC2012,SC2016,SC2069
# SPDX-License-Identifier: Apache-2.0 WITH Swift-exception
# The coreutils and findutils, and what wraps other commands.
# needs: find xargs tar grep

case_timeout() {
  timeout 0.2 sleep 5
  echo "$?"
  timeout -s KILL 0.2 sleep 5
  echo "$?"
  timeout -k 0.2 0.2 bash -c 'trap "" TERM; sleep 1; sleep 1'
  echo "$?"
  timeout --preserve-status 0.2 bash -c 'trap "exit 9" TERM; sleep 5 & wait'
  echo "$?"
  timeout 5 false
  echo "$?"
  timeout 5 ./missing 2>/dev/null
  echo "$?"
  timeout --foreground 0.2 sleep 5
  echo "$?"
}

case_nohup() {
  nohup bash -c 'kill -HUP $$; echo alive' 2>/dev/null </dev/null
  nohup sleep 0.1
  nohup ./missing
  echo "$?"
  nice -n 5 nice
  nice -n 5 bash -c 'nice; nice -n 3 nice'
  setsid -w bash -c 'ps -o sid= -p $$ | tr -d " " | grep -qx $$ && echo leader'
  stdbuf -o0 echo unbuffered
  stdbuf -oL bash -c 'env | grep -o "^_STDBUF_O=."'
  env -i A=b /usr/bin/env
  env -u HOME B=c bash -c 'echo "${HOME-none} $B"'
  env -C / pwd
  env --ignore-signal=USR1 bash -c 'kill -USR1 $$; echo ignored'
  env -S 'A=1 printenv A'
}

case_sorting() {
  seq 60000 | shuf --random-source=/usr/bin/env >numbers
  sort -n --parallel=4 -S 128K -T . numbers >sorted
  sort -R --random-source=/usr/bin/env numbers | wc -l
  sort -c -n sorted && echo in order
  uniq -c sorted | tail -1
  join <(seq 1 9 | sort) <(seq 5 12 | sort)
  comm -12 <(seq 1 5) <(seq 3 9)
  cut -c1-3 numbers | head -3
  split -n 3 -d numbers part
  split -l 20000 --filter='gzip -n >$FILE.gz' numbers zip
  gzip -dc zipa?.gz | cmp - numbers && echo same
  csplit -s sorted 10000 '{2}'
  wc -- * | tail -1
}

case_copies() {
  dd if=/dev/urandom of=random bs=64K count=4 status=none
  dd if=random of=bytes bs=1 count=3000 status=none
  cmp -n 3000 random bytes && echo same
  rm random bytes
  head -c 300000 /dev/zero >zero
  tee one two <zero | wc -c
  cp --sparse=always zero sparse
  cp -a one preserved
  cp --reflink=auto -r . ../home/copy
  ln zero hard
  ln -s zero soft
  mv two moved
  truncate -s 1M hole
  fallocate -l 8192 allocated
  install -D -m 750 zero deep/er/installed
  mkdir -p a/b/c
  rmdir -p a/b/c
  mkfifo pipe
  (cat pipe >received) &
  seq 50000 >pipe
  wait
  tail -n 1 received
  touch -d '2001-02-03 04:05:06' dated
  stat -c '%n %s %a %F' dated soft pipe
  stat -c %y dated
  chmod 1755 deep
  shred -n 1 -u moved
  sync zero
  md5sum zero | sha256sum -
  od -An -tx1 -N 8 zero
  base64 -w0 dated | base64 -d
  realpath soft | xargs basename
  df . >/dev/null && du -s --apparent-size deep
  tac sorted 2>&1
  tail -c 3 received
}

case_following() {
  seq 3 >log
  tail -f log >followed &
  await grep -qs 3 followed
  seq 4 6 >>log
  await grep -qs 6 followed
  kill $!
  wait $!
  echo "$?"
  cat followed
  tail -F later 2>errors >followed &
  await grep -qs 'cannot open' errors
  echo late >later
  await test -s followed
  kill $!
  wait $!
  cat followed errors
  yes | head -c 1000000 | tr -d '\n' | wc -c
}

case_finding() {
  find /usr/include -name '*.h' -newermt 1990-01-01 | sort | sha256sum
  grep -rl 'include' /usr/include/linux | sort | sha256sum
  grep -rc 'define' /usr/include/asm-generic | sort | head -5
  find /usr/share/doc -maxdepth 1 -type d -exec echo {} + | wc -c
  find /usr/include/linux -name 'a*.h' -execdir wc -l {} \; | sort | head -4
  find /proc/self/ -maxdepth 1 | wc -l
  ls -lR /usr/include/linux | sha256sum
  find /dev/null -printf '%p %y\n'
}

case_xargs() {
  seq 200 | xargs -P 4 -n 1 bash -c 'echo "$((0 * $0))"' | sort | uniq -c
  seq 20 | xargs -P 3 -I{} sh -c 'exit $(({} == 13))'
  echo "$?"
  seq 5 | xargs -n 1 sh -c 'exit 255'
  echo "$?"
  seq 100000 | xargs echo | wc -l
  printf 'a\0b c\0' | xargs -0 printf '[%s]'
  seq 9 | xargs -P 0 -I{} sleep 0.{}
}

case_archives() {
  tar cf linux.tar -C /usr/include linux
  tar tf linux.tar | wc -l
  tar xf linux.tar
  diff -r linux /usr/include/linux && echo same
  tar czf linux.tar.gz --owner=0 --group=0 --sort=name --mtime=@0 linux
  gzip -dc linux.tar.gz | sha256sum
  tar cf - linux | (mkdir again && cd again && tar xf -)
  diff -r linux again/linux && echo same
  cp linux.tar copy
  xz -T2 -1 copy 2>/dev/null && xz -t copy.xz && echo xz
  rm -rf again linux.tar linux.tar.gz copy*
  find linux -type f | cpio -o --quiet 2>/dev/null | wc -c
}

case_text() {
  seq 1000 | awk '{s += $1} END {print s; system("echo from awk"); "date +%Z" | getline z; print z}'
  awk 'BEGIN { cmd = "sort -n"; print "3\n1\n2" | cmd; close(cmd); while (("seq 3" | getline x) > 0) print x }'
  seq 10 | sed -n '3,5p;7{s/7/seven/;p};$!d'
  sed --in-place=.old 's/a/b/' <(echo) 2>/dev/null
  echo aaa >file && sed -i.old 's/a/b/g' file
  echo '2^200' | bc 2>/dev/null
  printf '%s\n' b a c | sort | paste -sd,
  diff -u file file.old | tail -2
  expr 6 \* 7
  factor 123456789012345
  date -d @1000000000 +%F
  seq 3 | tee /dev/stderr 2>&1 >/dev/null
  printf 'a\tb\n' | expand | cat -A
  numfmt --to=iec 123456789
}
