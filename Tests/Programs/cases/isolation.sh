# shellcheck shell=bash disable=SC2016
# SPDX-License-Identifier: Apache-2.0 WITH Swift-exception
# Commands that change user, root directory, namespaces or limits of their children.
# needs: setpriv unshare chroot busybox

is_root() { [[ $(id -u) == 0 ]]; }

case_setpriv() {
  is_root || { setpriv --no-new-privs bash -c 'grep NoNewPrivs /proc/self/status'; return; }
  setpriv --reuid=nobody --regid=nogroup --clear-groups bash -c 'id; readlink /proc/self/exe; touch /denied; bash -c "id -u"'
  setpriv --no-new-privs --reuid=65534 python3 -c 'import os; print(os.getuid()); os.system("id -u")'
  setpriv --bounding-set=-all --inh-caps=-all bash -c 'grep Cap /proc/self/status'
  setpriv --pdeathsig KILL bash -c 'echo pdeathsig'
  su -s /bin/sh nobody -c 'id -un; sh -c "id -un"' 2>&1
  runuser -u nobody -- id -un
}

case_chroot() {
  is_root || { chroot / true 2>&1; return; }
  mkdir -p root/bin root/dev
  cp "$(command -v busybox)" root/bin/
  chroot root /bin/busybox sh -c '/bin/busybox ls /; /bin/busybox echo in; exec /bin/busybox echo again'
  chroot root /bin/missing 2>&1
  echo "$?"
  chroot --userspec=65534:65534 root /bin/busybox id -u
  mkdir -p root/lib/x86_64-linux-gnu root/lib64 root/proc
  cp /bin/cat root/bin
  cp /lib/x86_64-linux-gnu/libc.so.6 root/lib/x86_64-linux-gnu
  cp /lib64/ld-linux-x86-64.so.2 root/lib64
  echo text | chroot root /bin/cat
  printf '#!/bin/busybox sh\necho script $0\n' >root/bin/script
  chmod +x root/bin/script
  chroot root /bin/script
  rm -rf root
}

case_unshare() {
  unshare --user --map-root-user bash -c 'id -u; cat /proc/self/uid_map | tr -s " "; bash -c "id -un"'
  unshare --user bash -c 'id -u; readlink /proc/self/exe'
  unshare --user --map-root-user --pid --fork bash -c 'echo $$; bash -c "echo \$\$"; (exit 3); echo $?'
  unshare --user --map-root-user --pid --fork --mount-proc bash -c 'test -d /proc/1 -a ! -d /proc/9 && echo alone; readlink /proc/self/exe'
  unshare --user --map-root-user --mount bash -c 'mount -t tmpfs none /mnt && touch /mnt/x && ls /mnt; chroot / true; echo $?'
  unshare --user --map-root-user --mount bash -c 'umount -l /proc; mount -t tmpfs none /proc && ls /proc && bash -c "echo no proc" && /bin/echo $(/bin/echo still)'
  unshare --user --map-root-user --net --uts --ipc bash -c 'ls /sys/class/net >/dev/null; hostname inside; hostname'
  unshare --user --map-root-user --pid --fork --kill-child bash -c 'sleep 0.1; kill -TERM $$; sleep 0.1; echo init survives'
  unshare --user --map-root-user --mount-proc --pid --fork bash -c 'sleep 30 & exec true'
  echo "$?"
}

case_nsenter() {
  is_root || return 0
  unshare --uts --mount sleep 20 &
  await named $! sleep
  nsenter -t $! --uts --mount bash -c 'hostname >/dev/null; echo entered; /bin/echo here'
  kill $!
}

case_no_dev() {
  is_root || return 0
  unshare --mount bash -c 'mount -t tmpfs none /dev && mount -t tmpfs none /tmp && ls /dev && bash -c "/bin/echo nothing there"'
}

case_prlimit() {
  prlimit --nofile=32:32 bash -c 'ulimit -n'
  prlimit --core=0 bash -c 'kill -SEGV $$; echo not here'
  echo "$?"
  prlimit --cpu=1 bash -c 'while :; do :; done' 2>/dev/null
  echo "$?"
  taskset -c 0 nproc
  chrt --other 0 echo scheduled
  ionice -c 3 echo idle
  choom -n 100 -- cat /proc/self/oom_score_adj
  flock lock echo locked
  (flock 9; echo in) 9>lock
  setarch -R bash -c 'cat /proc/self/personality; setarch x86_64 cat /proc/self/personality'
  setarch -R cat /proc/self/maps | grep -E '\[(stack|heap)\]|cat' | awk '{print $2, $6}'
  linux64 uname -m
}
