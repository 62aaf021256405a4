# shellcheck shell=bash disable=SC2012,SC2046
# SPDX-License-Identifier: Apache-2.0 WITH Swift-exception
# What a process sees of itself in /proc and by calls, and limits of every kind.
# needs: ps

# Without rights the link of another process leads to the monitor: a known difference.
case_self() {
  readlink /proc/self/exe
  cat /proc/self/comm
  tr '\0' ' ' </proc/self/cmdline
  echo
  if [[ $(id -u) == 0 ]]; then readlink /proc/$$/exe; fi
  cat /proc/$$/comm
  tr '\0' '|' </proc/$$/cmdline | cut -d'|' -f1-2
  ps -o comm= -p $$
  ps -o args= -p $$ | cut -c1-12
  (exec -a renamed sleep 5) &
  await named $! sleep
  ps -o comm=,args= -p $!
  if [[ $(id -u) == 0 ]]; then readlink "/proc/$!/exe"; fi
  kill $!
  grep -E '^(Name|Umask|State|Threads|SigBlk|SigIgn|CapEff|NoNewPrivs|Groups|Uid)' /proc/self/status
  A=1 env -i B=2 cat /proc/self/environ | tr '\0' '\n'
  cat /proc/self/limits | grep -v pending
  ls -l /proc/self/fd | sed 's/.*[0-9] \([0-9]* ->\)/\1/; s/[0-9]*\]/N]/' | grep -v '^total' |
    sed 's|/proc/[0-9]*/|/proc/PID/|'
  cut -d' ' -f2,3,6- /proc/self/stat | cut -d' ' -f1
  ls /proc/self/task | wc -l
  grep -c . /proc/self/wchan
  cat /proc/self/personality /proc/self/coredump_filter /proc/self/oom_score_adj
  for name in bash cat ls; do
    "/bin/$name" /dev/null --version >/dev/null 2>&1
  done
  ls -l /proc/self/cwd | sed 's/.*-> //'
}

# No mapping names the monitor, and those of the target are as natively.
case_maps() {
  # The session's memory is there to see: a known difference.
  awk '{print $6}' /proc/self/maps | sort -u | grep . | grep -vE 'vdso|memfd:sysweir-session'
  awk '$6 ~ /bin\/awk|mawk|libc/ {print $2, $3, $6}' /proc/self/maps
  grep -c 'rwx' /proc/self/maps
  awk '$6 == "[stack]" {print $2}' /proc/self/maps
  awk '$6 == "[heap]" {print $2}' /proc/self/maps
}

case_auxv() {
  LD_SHOW_AUXV=1 /bin/true | sed -E 's/0x[0-9a-f]{5,}/ADDRESS/' | grep -v SYSINFO_EHDR
  python3 - <<'END'
import ctypes, os
get = ctypes.CDLL(None).getauxval
get.restype = ctypes.c_ulong
for key in (3, 4, 5, 6, 8, 11, 12, 13, 14, 16, 17, 23, 26, 51):
    value = get(key)
    print(key, value if key != 3 else value & 4095)
print(ctypes.string_at(get(31)), ctypes.string_at(get(15)), len(ctypes.string_at(get(25), 16)))
END
}

case_huge_environment() {
  export A B
  A=$(head -c 120000 /dev/zero | tr '\0' a)
  B=$A
  bash -c 'echo ${#A} ${#B}; env | wc -c'
  for i in $(seq 15); do export "V$i=$A"; done
  /bin/true && echo started
  export C=$A$A
  /bin/true
  echo "too big: $?"
  unset C
  printf '%s\n' $(seq 20000) >words
  /bin/echo $(cat words) | wc -c
  for i in $(seq 16 40); do export "V$i=$A"; done
  /bin/true
  echo "too much: $?"
}

case_memory_limit() {
  (ulimit -v 200000; bash -c 'echo fits'; ls / >/dev/null; python3 -c '
try:
    bytearray(1 << 30)
except MemoryError:
    print("no memory")
')
  (ulimit -v 40000; /bin/true; echo "$?"; bash -c 'echo $(echo small)')
  (ulimit -s 256; bash -c 'echo small stack'; perl -e 'print "ok\n"')
  (ulimit -s unlimited; bash -c 'echo no limit')
  (ulimit -s 8192; bash -c 'f() { f; }; f' 2>/dev/null; echo "overflow: $?")
  (ulimit -d 50000; bash -c 'echo data')
  (ulimit -l 0; bash -c 'echo nothing locked')
}

case_descriptor_limit() {
  (ulimit -Sn 16; bash -c 'echo sixteen $(echo nested | cat)'; python3 -c '
import os, resource
resource.setrlimit(resource.RLIMIT_NOFILE, (16, 64))
files = []
try:
    while True: files.append(os.open("/dev/null", os.O_RDONLY))
except OSError as error:
    print(len(files), error.errno)
os.close(files.pop())
print(os.spawnv(os.P_WAIT, "/bin/true", ["true"]))
files.append(os.open("/dev/null", os.O_RDONLY))
print(os.spawnv(os.P_WAIT, "/bin/true", ["true"]))
')
  # An exec of sysweir's own needs some descriptors, which a soft limit does not refuse it.
  (ulimit -Sn 5; /bin/echo five; ls / >/dev/null; echo "$?")
  (ulimit -Sn 4; /bin/echo four)
  (ulimit -Sn 3; /bin/echo three)
  (ulimit -n 1024; python3 -c '
import os
os.closerange(3, 1024)
for i in range(3, 1000): os.dup2(0, i)
os.execvp("bash", ["bash", "-c", "ls /proc/self/fd | wc -l"])
')
}

case_first_descriptor() {
  python3 -c '
import os
for _ in range(3):
    fd = os.open("/dev/null", os.O_RDONLY)
    print(fd)
r, w = os.pipe()
print(r, w)
os.close(0)
print(os.open("/dev/null", os.O_RDONLY))
print(sorted(os.listdir("/proc/self/fd")))
os.closerange(3, 100)
os.execv("/bin/ls", ["ls", "/proc/self/fd"])
'
}

case_identity() {
  id
  groups 2>/dev/null
  whoami
  python3 -c 'import os; print(os.getresuid(), os.getresgid(), os.getgroups(), os.getpriority(0, 0), os.umask(0), os.getpgrp() == os.getpid())'
  uname -a
  hostname
  ps -o stat= -p $$ | head -c 1
  python3 -c 'import resource; print(sorted(resource.getrlimit(i) for i in range(5, 15) if i != 11))'
}
