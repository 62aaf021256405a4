# shellcheck shell=bash
# SPDX-License-Identifier: Apache-2.0 WITH Swift-exception
# Python: threads, processes of every start method, event loops, signals, databases.
# needs: python3

case_threads() { python3 "$DATA/threads.py"; }
case_processes() { python3 "$DATA/processes.py"; }
case_multiprocessing_fork() { python3 "$DATA/workers.py" fork; }
case_multiprocessing_spawn() { python3 "$DATA/workers.py" spawn; }
case_multiprocessing_forkserver() { python3 "$DATA/workers.py" forkserver; }
case_asyncio() { python3 "$DATA/events.py"; }
case_signals() { python3 -u "$DATA/signals.py"; }
case_database() { python3 "$DATA/database.py"; }

case_memory() {
  python3 - <<'END'
import ctypes, mmap, os, tempfile
with tempfile.TemporaryFile() as file:
    file.truncate(1 << 20)
    with mmap.mmap(file.fileno(), 0) as shared:
        pid = os.fork()
        if pid == 0:
            shared[4096:4101] = b"child"
            os._exit(0)
        os.waitpid(pid, 0)
        print(shared[4096:4101], shared.rfind(b"child"))
        shared.resize(1 << 21)
        shared.madvise(mmap.MADV_DONTNEED)
        print(len(shared))
libc = ctypes.CDLL(None, use_errno=True)
print(libc.mprotect(ctypes.c_void_p(4096), 4096, 1), ctypes.get_errno())
print(libc.read(0, ctypes.c_void_p(8), 1), ctypes.get_errno())
print(libc.syscall(9999), ctypes.get_errno())
print(libc.open(ctypes.c_void_p(1), 0), ctypes.get_errno())
print(libc.execve(ctypes.c_void_p(1), None, None), ctypes.get_errno())
print(libc.rt_sigaction if hasattr(libc, "rt_sigaction") else None)
callback = ctypes.CFUNCTYPE(ctypes.c_int, ctypes.c_int)(lambda x: os.getppid() * 0 + x)
print(callback(5))
fd = os.memfd_create("mine")
os.write(fd, b"#!/bin/sh\necho from memory $0\n")
pid = os.fork()
if pid == 0:
    os.execve(fd, ["memory"], {})
print(os.waitpid(pid, 0)[1])
END
}

case_crash() {
  python3 -X faulthandler -c 'import ctypes; ctypes.string_at(0)' 2>&1 | sed 's|hread 0x[0-9a-f]*|hread|'
  echo "${PIPESTATUS[0]}"
  python3 -c 'import os; os.abort()'
  echo "$?"
  python3 -c 'raise KeyboardInterrupt' 2>/dev/null
  echo "$?"
  python3 -c 'import time, faulthandler; faulthandler.dump_traceback_later(0.2, exit=True); time.sleep(5)' 2>/dev/null
  echo "$?"
}

case_sources() {
  mkdir package
  printf 'def f():\n  return 42\n' >package/module.py
  printf 'from package.module import f\nprint(f())\n' >main.py
  python3 -B main.py
  python3 -B -m zipfile -c app.zip main.py package/module.py && python3 -B -m zipfile -l app.zip | wc -l
  python3 -B -m unittest -q nothing 2>/dev/null
  echo "$?"
  echo 'print(1); import os; print(os.isatty(0))' | python3 -
  echo '{"a": [1, 2]}' | python3 -m json.tool
  python3 -m compileall -q package >/dev/null && rm -r package/__pycache__
  python3 -c 'import sysconfig, platform, sys; print(platform.platform(), sys.executable, platform.libc_ver())'
  rm app.zip
}
