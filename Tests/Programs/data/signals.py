# SPDX-License-Identifier: Apache-2.0 WITH Swift-exception
# Signals as Python shows them: handlers, masks, waiting, timers, interrupted calls.
import os
import select
import signal
import threading
import time

got = []
signal.signal(signal.SIGUSR1, lambda number, _: got.append(number))
for _ in range(200):
    os.kill(os.getpid(), signal.SIGUSR1)
print(len(got))

signal.pthread_sigmask(signal.SIG_BLOCK, [signal.SIGUSR2, signal.SIGSEGV, signal.SIGSYS])
print(sorted(signal.pthread_sigmask(signal.SIG_BLOCK, [])))
os.kill(os.getpid(), signal.SIGUSR2)
print(signal.sigpending(), signal.sigwait([signal.SIGUSR2]))
os.kill(os.getpid(), signal.SIGSYS)
print(signal.sigpending(), signal.sigtimedwait([signal.SIGSYS], 1).si_signo)
print(signal.sigtimedwait([signal.SIGUSR2], 0.05))
signal.pthread_sigmask(signal.SIG_SETMASK, [])

read, write = os.pipe()
os.set_blocking(write, False)
signal.set_wakeup_fd(write)
signal.setitimer(signal.ITIMER_REAL, 0.05, 0.05)
ticks = []
signal.signal(signal.SIGALRM, lambda *_: ticks.append(1))
while len(ticks) < 5:
    select.select([], [], [], 1)
signal.setitimer(signal.ITIMER_REAL, 0)
print("ticks", len(os.read(read, 99)) >= 5)
signal.set_wakeup_fd(-1)


def interrupt(seconds=0.1):
    threading.Timer(seconds, os.kill, [os.getpid(), signal.SIGUSR1]).start()


interrupt()
began = time.monotonic()
time.sleep(0.3)
print("slept", time.monotonic() - began >= 0.3)
signal.siginterrupt(signal.SIGUSR1, True)
interrupt()
print(select.select([read], [], [], 0.5))


class Stop(Exception):
    pass


def stop(*_):
    raise Stop


signal.signal(signal.SIGUSR1, stop)
interrupt()
try:
    os.read(read, 1)
except Stop:
    print("raised out of read")
interrupt()
try:
    threading.Event().wait(5)
except Stop:
    print("raised out of wait")
print(signal.getsignal(signal.SIGUSR1) is stop, signal.strsignal(11))
thread = threading.Thread(target=time.sleep, args=(0.2,))
thread.start()
try:
    signal.pthread_kill(thread.ident, signal.SIGUSR1)
    time.sleep(1)
except Stop:
    print("sent to a thread")
thread.join()
signal.signal(signal.SIGSEGV, lambda *_: print("segmentation handler"))
os.kill(os.getpid(), signal.SIGSEGV)
signal.signal(signal.SIGSYS, signal.SIG_IGN)
os.kill(os.getpid(), signal.SIGSYS)
# The kernel's caught and ignored signals show what the monitor keeps: a known difference.
for line in open("/proc/self/status"):
    if line.startswith(("SigPnd", "ShdPnd", "SigBlk")):
        print(line.strip())
signal.alarm(1)
signal.signal(signal.SIGALRM, signal.SIG_DFL)
signal.pause()
