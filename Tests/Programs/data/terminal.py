# SPDX-License-Identifier: Apache-2.0 WITH Swift-exception
# A command on a new terminal, driven as a person would: types, and waits for what must come.
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

LIMIT = 20  # seconds that anything expected may take
PROMPT = "prompt> "
BASH = ("bash", "--norc", "--noprofile", "-i")


class Terminal:
    """A child on a terminal. All that it printed is compared, less what differs by nature."""

    def __init__(self, *command):
        self.text = ""
        self.seen = 0
        self.hung_up = False
        self.pid, self.file = pty.fork()
        if self.pid == 0:
            self.file = 0
            self.resize(24, 80)
            os.environ["PS1"] = PROMPT
            os.environ["HISTFILE"] = ""
            os.environ["SHELL"] = "/bin/sh"
            os.execvp(command[0], command)

    def resize(self, rows, columns):
        fcntl.ioctl(self.file, termios.TIOCSWINSZ, struct.pack("HHHH", rows, columns, 0, 0))

    def type(self, text):
        os.write(self.file, text.encode())

    def read(self, seconds):
        """Takes in what comes within that time."""
        if not select.select([self.file], [], [], seconds)[0]:
            return
        try:
            self.text += os.read(self.file, 4096).decode(errors="replace")
        except OSError:
            self.hung_up = True
            time.sleep(seconds)

    def close(self):
        os.close(self.file)
        self.hung_up = True

    def until(self, pattern, seconds=LIMIT):
        """Waits for the pattern behind what was seen; tells whether it came."""
        end = time.monotonic() + seconds
        while not (found := re.search(pattern, self.text[self.seen:])):
            if self.hung_up or time.monotonic() > end:
                self.text += f"\n(waited in vain for {pattern})\n"
                self.seen = len(self.text)
                return False
            self.read(0.1)
        self.seen += found.end()
        return True

    def line(self, text, pattern=PROMPT):
        self.type(text + "\n")
        return self.until(pattern)

    def foreground(self, name):
        """Waits until a program of that name has the terminal."""
        end = time.monotonic() + LIMIT
        while name not in names_of_group(os.tcgetpgrp(self.file)):
            self.read(0.02)
            if time.monotonic() > end:
                self.text += f"\n(waited in vain for {name} in the foreground)\n"
                return

    def press(self, key, program):
        """Presses a key when the program has the terminal, and waits for the shell."""
        self.foreground(program)
        self.type(key)
        self.until(PROMPT)

    def status(self):
        """Takes in what comes until the child ends, and tells how; one that does not is killed."""
        end = time.monotonic() + LIMIT
        while time.monotonic() < end:
            pid, status = os.waitpid(self.pid, os.WNOHANG)
            if pid:
                return os.waitstatus_to_exitcode(status)
            if not self.hung_up:
                self.read(0.02)
        os.kill(self.pid, signal.SIGKILL)
        os.waitpid(self.pid, 0)
        return "(waited in vain for its end)"

    def end(self, prefix=()):
        """Prints all, and how the child ended."""
        status = self.status()
        while select.select([self.file], [], [], 0)[0] and not self.hung_up:
            self.read(0)
        print(comparable(self.text, prefix))
        print("ended", status)
        os.close(self.file)


def names_of_group(group):
    names = []
    for entry in filter(str.isdigit, os.listdir("/proc")):
        try:
            with open(f"/proc/{entry}/stat") as file:
                name, rest = file.read().split("(", 1)[1].rsplit(")", 1)
        except (FileNotFoundError, ProcessLookupError):
            continue
        # A stopped one would forget the stop that the next key asks for.
        if int(rest.split()[2]) == group and rest.split()[0] not in "TZ":
            names.append(name)
    return names


def comparable(text, prefix):
    """Without escapes, process ids, widths of columns and the words that start sysweir."""
    text = re.sub(r"\x1b[\[(][?0-9;]*[a-zA-Z]|\x1b[=>]|\r", "", text)
    if prefix:
        text = text.replace(" ".join(prefix) + " ", "")
    text = re.sub(r"\[(\d)\][+-]?", r"[\1]", text)
    text = re.sub(r"(\[\d\]) +\d+", r"\1 PID", text)
    return re.sub(r" +", " ", text)


def shell(*command):
    """An interactive bash that does not echo, and that can wait for a stopped job."""
    terminal = Terminal(*command)
    terminal.until(PROMPT)
    terminal.line("stty -echo; bind 'set enable-bracketed-paste off'; ulimit -c 0")
    # A state is told of once, at the latest before the prompt: ask for it in a later line only.
    terminal.line("stopped() { until [[ $(jobs -s) ]]; do sleep 0.02; done; }")
    terminal.line("ended() { while [[ $(jobs -s)$(jobs -r) ]]; do sleep 0.02; done; }")
    return terminal


def scene_bash(prefix):
    terminal = shell(*prefix, *BASH)
    terminal.line("stty size; tty | tr -d 0-9; test -t 0 && echo terminal")
    for key in ("\x03", "\x1c"):
        terminal.type("sleep 99\n")
        terminal.press(key, "sleep")
        terminal.line("echo $?")
    terminal.line("bash -c 'trap \"echo caught\" INT; kill -INT $$; true'; echo $?")
    terminal.line("bash -c 'trap \"echo from the key; exit 5\" INT; echo ready; sleep 20 & wait'", "ready")
    terminal.type("\x03")
    terminal.until(PROMPT)
    terminal.line("echo $?")
    terminal.line("cat | sort", "")
    terminal.foreground("cat")
    terminal.type("typed\n\x04")
    terminal.until("typed")
    terminal.until(PROMPT)
    terminal.line("printf press; read -rsn 1 -t 19 key; echo got $key", "press")
    terminal.type("k")
    terminal.until("got k")
    terminal.type("exit 7\n")
    terminal.end()


def scene_jobs(prefix):
    terminal = shell(*prefix, *BASH)
    terminal.type("sleep 99\n")
    terminal.press("\x1a", "sleep")
    terminal.line("echo $?; jobs")
    terminal.line("bg; jobs -r")
    terminal.type("fg\n")
    terminal.press("\x1a", "sleep")
    terminal.line("kill %1; ended")
    terminal.line("cat", "")
    terminal.foreground("cat")
    terminal.type("one\n")
    terminal.until("one")
    terminal.press("\x1a", "cat")
    terminal.type("fg\n")
    terminal.foreground("cat")
    terminal.type("two\n\x04")
    terminal.until("two")
    terminal.until(PROMPT)
    # A background process that reads the terminal stops, and one that writes if so set.
    terminal.line("cat & stopped")
    terminal.line("kill %1; ended")
    terminal.line("jobs")
    terminal.line("stty tostop; echo written & stopped")
    terminal.line("stty -tostop; jobs")
    terminal.line("fg")
    terminal.type("sleep 99 | tail -f /dev/null\n")
    terminal.foreground("sleep")
    terminal.press("\x1a", "tail")
    terminal.line("jobs; kill -KILL %1; ended")
    terminal.type("exit 0\n")
    terminal.end()


def scene_outside(prefix):
    """A shell that is not under sysweir stops, continues and interrupts what is."""
    terminal = shell(*BASH)
    start = " ".join(prefix)
    terminal.line(f"{start} true; echo $?")
    for key in ("\x03", "\x1c"):
        terminal.type(f"{start} sleep 99\n")
        terminal.press(key, "sleep")
        terminal.line("echo $?")
    terminal.type(f"{start} sleep 1 >/dev/null\n")
    terminal.press("\x1a", "sleep")
    terminal.line("echo $?")
    terminal.line("bg; jobs -r")
    terminal.line("fg; echo $?")
    terminal.line(f"{start} cat", "")
    terminal.foreground("cat")
    terminal.type("one\n")
    terminal.until("one")
    terminal.press("\x1a", "cat")
    terminal.type("fg\n")
    terminal.foreground("cat")
    terminal.type("two\n\x04")
    terminal.until("two")
    terminal.until(PROMPT)
    terminal.line(f"{start} cat & stopped")
    terminal.line("kill %1; ended")
    terminal.line(f"{start} bash -c 'trap \"exit 5\" INT; echo ready; sleep 20 & wait'", "ready")
    terminal.type("\x03")
    terminal.until(PROMPT)
    terminal.line("echo $?")
    terminal.type("exit 0\n")
    terminal.end(prefix)


def scene_script(prefix):
    """The recorder of terminals stands between this terminal and one of its own."""
    command = "bash --norc --noprofile -i"
    terminal = shell(*prefix, "script", "-q", "-e", "-c", command, "record")
    terminal.line("stty size; tty | tr -d 0-9")
    terminal.line("bash -c 'echo asleep; exec sleep 99'", "asleep")
    terminal.type("\x03")
    terminal.until(PROMPT)
    terminal.line("echo $?")
    terminal.line("echo begun; cat", "begun")
    terminal.type("recorded\n")
    terminal.until("recorded")
    terminal.type("\x1a")
    terminal.until(PROMPT)
    terminal.line("kill %1; ended")
    terminal.type("exit 3\n")
    terminal.end()
    with open("record") as file:
        print("recorded" in file.read())
    os.remove("record")


WATCH_SIZE = """
import os, signal
signal.pthread_sigmask(signal.SIG_BLOCK, [signal.SIGWINCH])
shown = None
while shown != (120, 50):
    size = os.get_terminal_size()
    if size == shown:
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


RAW = """
import os, termios, tty
old = termios.tcgetattr(0)
tty.setraw(0)
os.write(1, b"raw")
got = b""
while not got.endswith(b"q"):
    got += os.read(0, 1)
termios.tcsetattr(0, termios.TCSADRAIN, old)
print(got, os.tcgetpgrp(0) == os.getpgrp())
"""


def scene_raw(prefix):
    terminal = Terminal(*prefix, sys.executable, "-c", RAW)
    terminal.until("raw")
    terminal.type("a\x03\x1a\x04\x1cq")
    terminal.end()


def scene_screen(prefix):
    """Programs that paint the whole screen: what they leave behind is compared, not the paint."""
    with open("lines", "w") as file:
        file.write("".join(f"line {n}\n" for n in range(1, 200)))
    for program, steps in (
        (("vi", "-u", "NONE", "-i", "NONE", "-N", "text"),
         (("text", "ifrom the editor\x1b"), ("editor", ":r !printf sh; echo ell\n"),
          ("shell", "\x1a"), (PROMPT, "fg\n"), ("shell", ":wq\n"))),
        (("less", "lines"),
         (("line 10", "G"), ("line 199", "q"))),
        (("top",), (("load average", "q"),)),
    ):
        terminal = shell(*prefix, *BASH)
        terminal.type(" ".join(program) + "\n")
        for pattern, keys in steps:
            terminal.until(pattern)
            terminal.type(keys)
        terminal.until(PROMPT)
        terminal.line("echo status $?; exit 6", "status 0")
        print(program[0], terminal.status(), *re.findall(r"\(waited in vain for.*\)", terminal.text))
        os.close(terminal.file)


def scene_hangup(prefix):
    """The terminal goes away, and signals come from elsewhere."""
    trap = "trap 'echo hung up >mark; exit' HUP; echo ready; while :; do sleep 0.1; done"
    terminal = Terminal(*prefix, "bash", "-c", trap)
    terminal.until("ready")
    terminal.close()
    print(terminal.status(), open("mark").read().strip())
    terminal = Terminal(*prefix, "sleep", "99")
    terminal.foreground("sleep")
    terminal.close()
    print(terminal.status())
    for number in (signal.SIGTERM, signal.SIGINT, signal.SIGUSR1):
        terminal = Terminal(*prefix, "bash", "-c", "trap 'echo term; exit 4' TERM; echo ready; sleep 20 & wait")
        terminal.until("ready")
        os.kill(terminal.pid, number)
        terminal.end()


globals()["scene_" + sys.argv[1]](sys.argv[2:])
