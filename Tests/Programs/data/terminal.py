# SPDX-License-Identifier: Apache-2.0 WITH Swift-exception
# Drives a command on a new terminal as a person would: terminal.py SCENE [PREFIX...]
import fcntl
import os
import pty
import re
import select
import signal
import struct
import sys
import termios
import time


class Terminal:
    """A child on a terminal; what it prints is compared after all that differs by nature is out."""

    def __init__(self, *command):
        self.pid, self.file = pty.fork()
        if self.pid == 0:
            os.environ["PS1"] = "prompt> "
            os.environ["HISTFILE"] = ""
            os.execvp(command[0], command)
        self.resize(24, 80)

    def resize(self, rows, columns):
        fcntl.ioctl(self.file, termios.TIOCSWINSZ, struct.pack("HHHH", rows, columns, 0, 0))

    def type(self, text):
        os.write(self.file, text.encode())

    def until(self, pattern, seconds=10):
        """Reads until the pattern is there, prints and returns what came."""
        text, end = "", time.monotonic() + seconds
        while not re.search(pattern, text):
            left = end - time.monotonic()
            if left <= 0 or not select.select([self.file], [], [], left)[0]:
                text += f"\n(waited in vain for {pattern})"
                break
            try:
                data = os.read(self.file, 4096)
            except OSError:
                text += "(hung up)"
                break
            text += data.decode(errors="replace")
        show(text)
        return text

    def line(self, text, pattern="prompt> $"):
        self.type(text + "\n")
        return self.until(pattern)

    def end(self):
        status = os.waitpid(self.pid, 0)[1]
        print("ended", os.waitstatus_to_exitcode(status))
        os.close(self.file)


def show(text):
    text = re.sub(r"\x1b\[[?0-9;]*[a-zA-Z]", "", text).replace("\r", "")
    print(re.sub(r"\[(\d)\]([+-]?) +\d+|(job \d)\[\d+\]", r"[\1\2] PID", re.sub(r"\](\+|-| )  ", "]   ", text)))


def scene_bash(prefix):
    terminal = Terminal(*prefix, "bash", "--norc", "--noprofile", "-i")
    terminal.until("prompt> $")
    terminal.line("stty -echo; bind 'set enable-bracketed-paste off'; set -b +b")
    terminal.line("stty size; tty | tr -d 0-9; test -t 0 && echo terminal")
    terminal.type("sleep 30\n")
    time.sleep(0.4)
    terminal.type("\x03")
    terminal.until("prompt> $")
    terminal.line("echo $?")
    terminal.type("sleep 1\n")
    time.sleep(0.4)
    terminal.type("\x1a")
    terminal.until("prompt> $")
    terminal.line("jobs")
    terminal.line("bg")
    terminal.line("fg; echo done $?")
    terminal.type("cat\n")
    time.sleep(0.3)
    terminal.type("typed\n")
    terminal.until("typed")
    terminal.type("\x1a")
    terminal.until("prompt> $")
    terminal.type("fg\n")
    terminal.until("cat")
    terminal.type("again\n\x04")
    terminal.until("prompt> $")
    terminal.line("(sleep 0.2; cat) & sleep 0.6; jobs")
    terminal.line("kill %1; fg")
    terminal.line("bash -c 'trap \"echo caught\" INT; kill -INT $$; sleep 0.1'; echo $?")
    terminal.line("sleep 9 | sleep 9 & jobs; kill -STOP %1; sleep 0.3; jobs")
    terminal.line("kill -KILL %1; sleep 0.3; jobs")
    terminal.type("sleep 9\n")
    time.sleep(0.3)
    terminal.type("\x1c")
    terminal.until("prompt> $")
    terminal.type("exit 7\n")
    terminal.until("exit")
    terminal.end()


def scene_stopped(prefix):
    """A shell that is not under sysweir stops, continues and interrupts what is."""
    terminal = Terminal("bash", "--norc", "--noprofile", "-i")
    terminal.until("prompt> $")
    terminal.line("stty -echo; bind 'set enable-bracketed-paste off'")
    start = " ".join(prefix)
    print(re.sub(r"\S*sysweir run -- ", "", terminal.line(f"{start} true; echo $?")) and "true")
    for keys in ("\x03", "\x1c"):
        terminal.type(f"{start} sleep 30\n")
        time.sleep(0.6)
        terminal.type(keys)
        terminal.until("prompt> $")
        terminal.line("echo $?")
    terminal.type(f"{start} sleep 2 >/dev/null\n")
    time.sleep(0.6)
    terminal.type("\x1a")
    time.sleep(0.5)
    terminal.type("echo status $?\n")
    stopped = terminal_text(terminal, "status 148")
    print("stopped", "Stopped" in stopped)
    terminal.type("bg >/dev/null; fg >/dev/null; echo status $?\n")
    terminal_text(terminal, "status 0")
    print("continued")
    terminal.type(f"{start} cat\n")
    time.sleep(0.6)
    terminal.type("one\n")
    terminal_text(terminal, "one")
    terminal.type("\x1a")
    terminal_text(terminal, "Stopped")
    terminal.type("fg >/dev/null\n")
    time.sleep(0.4)
    terminal.type("two\n\x04")
    print("two" in terminal_text(terminal, "two"))
    terminal.type(f"{start} bash -c 'trap \"exit 5\" INT; echo ready; sleep 9'\n")
    terminal_text(terminal, "ready")
    terminal.type("\x03")
    time.sleep(0.4)
    terminal.type("echo status $?\n")
    terminal_text(terminal, "status 5")
    terminal.type("exit 0\n")
    terminal_text(terminal, "exit")
    terminal.end()


def terminal_text(terminal, pattern, seconds=10):
    """As `until`, but prints only whether the pattern came."""
    saved, sys.stdout = sys.stdout, open(os.devnull, "w")
    try:
        text = terminal.until(pattern, seconds)
    finally:
        sys.stdout = saved
    print(pattern, "in vain" not in text)
    return text


WATCH_SIZE = """
import os, signal
signal.pthread_sigmask(signal.SIG_BLOCK, [signal.SIGWINCH])
shown = None
while shown != (120, 50):
    size = os.get_terminal_size()
    if size == shown or size == (0, 0):
        signal.sigwait([signal.SIGWINCH])
    else:
        shown = size
        print(*shown, flush=True)
"""


def scene_window(prefix):
    terminal = Terminal(*prefix, sys.executable, "-c", WATCH_SIZE)
    terminal.until("80 24")
    terminal.resize(40, 100)
    terminal.until("100 40")
    terminal.resize(50, 120)
    terminal.until("120 50")
    terminal.end()


def scene_raw(prefix):
    program = ("import os, sys, tty, termios; old = termios.tcgetattr(0); tty.setraw(0); "
               "os.write(1, b'raw'); got = b''\n"
               "while not got.endswith(b'q'): got += os.read(0, 1)\n"
               "termios.tcsetattr(0, termios.TCSADRAIN, old); print(got); print(os.tcgetpgrp(0) == os.getpgrp())")
    terminal = Terminal(*prefix, sys.executable, "-c", program)
    terminal.until("raw")
    terminal.type("a\x03\x1a\x04\x1cq")
    terminal.until("True|False")
    terminal.end()


def scene_hangup(prefix):
    terminal = Terminal(*prefix, "bash", "-c", "trap 'echo hung up >mark; exit' HUP; echo ready; "
                        "while :; do sleep 0.1; done")
    terminal.until("ready")
    os.close(terminal.file)
    print(os.waitstatus_to_exitcode(os.waitpid(terminal.pid, 0)[1]), open("mark").read().strip())
    terminal = Terminal(*prefix, "sleep", "30")
    time.sleep(0.4)
    os.close(terminal.file)
    print(os.waitstatus_to_exitcode(os.waitpid(terminal.pid, 0)[1]))
    for number in (signal.SIGTERM, signal.SIGKILL, signal.SIGUSR1):
        terminal = Terminal(*prefix, "bash", "-c", "trap 'echo term; exit 4' TERM; echo ready; sleep 5 & wait")
        terminal.until("ready")
        if number != signal.SIGKILL:
            os.kill(terminal.pid, number)
            terminal.until("term|hung", 3)
        else:
            os.kill(terminal.pid, signal.SIGINT)
        terminal.end()


globals()["scene_" + sys.argv[1]](sys.argv[2:])
