# SPDX-License-Identifier: Apache-2.0 WITH Swift-exception
# Children by subprocess, posix_spawn and fork, with every option that changes how they start.
import os
import select
import signal
import socket
import subprocess
import sys
import time


def run(*arguments, **options):
    done = subprocess.run(
        arguments, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True, **options)
    print(arguments[0], done.returncode, done.stdout.strip())


def options():
    run("cat", input="input")
    run("pwd", cwd="/")
    run("env", env={"A": "b"})
    run("sh", "-c", "ps -o pgid= -p $$ | grep -qw $$ && echo leads", process_group=0) \
        if sys.version_info >= (3, 11) else None
    run("sh", "-c", "echo $((1 + 1)); exit 3", start_new_session=True)
    run("sh", "-c", "kill -TERM $$")
    run("ls", "/proc/self/fd", close_fds=False)
    run("sh", "-c", "umask", umask=0o31)
    read, write = os.pipe()
    run("sh", "-c", f"echo passed >&{write}", pass_fds=[write])
    print(os.read(read, 99))
    run("echo", "preexec", preexec_fn=lambda: os.setpgid(0, 0))
    for wrong in ("./missing", "/", "/etc/passwd"):
        try:
            run(wrong)
        except OSError as error:
            print(wrong, error.errno)
    try:
        run("sleep", "5", timeout=0.2)
    except subprocess.TimeoutExpired:
        print("timed out")
    first = subprocess.Popen(["seq", "1000"], stdout=subprocess.PIPE)
    second = subprocess.Popen(["wc", "-l"], stdin=first.stdout, stdout=subprocess.PIPE)
    first.stdout.close()
    print(second.communicate()[0], first.wait())


def spawning():
    for options in ({}, {"setsigmask": [signal.SIGUSR1]}, {"setsigdef": [signal.SIGPIPE]},
                    {"setpgroup": 0}, {"resetids": True}, {"setsid": True}):
        pid = os.posix_spawn("/bin/sh", ["sh", "-c", "grep SigBlk /proc/self/status"],
                             os.environ, **options)
        print(sorted(options), os.waitstatus_to_exitcode(os.waitpid(pid, 0)[1]))
    actions = [(os.POSIX_SPAWN_OPEN, 1, "spawned", os.O_WRONLY | os.O_CREAT, 0o600),
               (os.POSIX_SPAWN_DUP2, 1, 2), (os.POSIX_SPAWN_CLOSE, 0)]
    pid = os.posix_spawnp("ls", ["ls", "/proc/self/fd"], os.environ, file_actions=actions)
    print(os.waitpid(pid, 0)[1], open("spawned").read().split())
    try:
        os.posix_spawn("/missing", ["x"], {})
    except OSError as error:
        print(error.errno)


def waiting():
    pid = os.fork()
    if pid == 0:
        os.kill(os.getpid(), signal.SIGSTOP)
        time.sleep(0.1)
        os._exit(5)
    print(os.WIFSTOPPED(os.waitpid(pid, os.WUNTRACED)[1]))
    handle = os.pidfd_open(pid)
    os.kill(pid, signal.SIGCONT)
    print(os.WIFCONTINUED(os.waitpid(pid, os.WCONTINUED)[1]))
    poll = select.poll()
    poll.register(handle, select.POLLIN)
    print(len(poll.poll(5000)), os.waitid(os.P_PIDFD, handle, os.WEXITED).si_status)
    pid = os.fork()
    if pid == 0:
        time.sleep(10)
    signal.pidfd_send_signal(os.pidfd_open(pid), signal.SIGKILL)
    status = os.wait4(pid, 0)
    print(status[1], status[2].ru_nswap)
    signal.signal(signal.SIGCHLD, signal.SIG_IGN)
    print(subprocess.call(["true"]))
    signal.signal(signal.SIGCHLD, signal.SIG_DFL)


def sockets():
    left, right = socket.socketpair()
    pid = os.fork()
    if pid == 0:
        file = os.open("/bin", os.O_RDONLY | os.O_DIRECTORY)
        socket.send_fds(right, [b"x"], [file])
        os._exit(0)
    message, files, _, _ = socket.recv_fds(left, 9, 4)
    print(message, os.path.samestat(os.fstat(files[0]), os.stat("/bin")))
    os.waitpid(pid, 0)


def grandchildren():
    read, write = os.pipe()
    if os.fork() == 0:
        if os.fork() == 0:
            os.setsid()
            time.sleep(0.1)
            os.write(write, b"orphan")
            os._exit(0)
        os._exit(0)
    os.wait()
    print(os.read(read, 10))


options()
spawning()
waiting()
sockets()
grandchildren()
print(os.system("exit 3"), os.popen("echo popen").read())
sys.stdout.flush()
os.execvp("sh", ["sh", "-c", "echo replaced $0", "zero"])
