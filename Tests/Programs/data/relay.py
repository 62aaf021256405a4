# SPDX-License-Identifier: Apache-2.0 WITH Swift-exception
"""Counts SIGUSR1 until SIGTERM, and says when it is ready."""
import os
import signal

count = 0


def handle(number, frame):
    global count
    count += 1
    os.close(os.open(f"got{count}", os.O_CREAT | os.O_WRONLY))


signal.signal(signal.SIGUSR1, handle)
signal.signal(signal.SIGTERM, lambda number, frame: exit(f"{count} signals"))
os.close(os.open("got0", os.O_CREAT | os.O_WRONLY))
while True:
    signal.pause()
