# SPDX-License-Identifier: Apache-2.0 WITH Swift-exception
# Threads, queues, pools and locks, with forks and children from threads.
import concurrent.futures
import os
import queue
import subprocess
import threading
import time


def count_up():
    total, lock = [0], threading.Lock()

    def work():
        for _ in range(2000):
            with lock:
                total[0] += 1

    threads = [threading.Thread(target=work) for _ in range(16)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    print("counted", total[0])


def pass_through_queues():
    first, second = queue.Queue(4), queue.Queue(4)

    def relay():
        for item in iter(first.get, None):
            second.put(item * 2)
        second.put(None)

    thread = threading.Thread(target=relay)
    thread.start()
    feeder = threading.Thread(target=lambda: [first.put(i) for i in [*range(500), None]])
    feeder.start()
    print("relayed", sum(iter(second.get, None)))
    thread.join()
    feeder.join()


def fork_from_threads(_):
    pid = os.fork()
    if pid == 0:
        os._exit(len(os.listdir("/proc/self/task")))
    return os.waitstatus_to_exitcode(os.waitpid(pid, 0)[1])


def run_from_threads(number):
    done = subprocess.run(["/bin/echo", str(number)], stdout=subprocess.PIPE, check=True)
    return int(done.stdout)


def wait_with_conditions():
    condition, turns = threading.Condition(), []
    barrier = threading.Barrier(5)

    def turn(number):
        barrier.wait()
        with condition:
            condition.wait_for(lambda: len(turns) == number)
            turns.append(number)
            condition.notify_all()

    threads = [threading.Thread(target=turn, args=(n,)) for n in range(5)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    print("turns", turns)


def short_lived():
    for _ in range(600):
        thread = threading.Thread(target=time.sleep, args=(0,))
        thread.start()
        thread.join()
    # A joined thread may be in /proc for a moment longer.
    for _ in range(100):
        if len(os.listdir("/proc/self/task")) == 1:
            break
        time.sleep(0.02)
    print("left", threading.active_count(), len(os.listdir("/proc/self/task")))


count_up()
pass_through_queues()
wait_with_conditions()
with concurrent.futures.ThreadPoolExecutor(8) as pool:
    print("forks", sum(pool.map(fork_from_threads, range(60))))
    print("runs", sum(pool.map(run_from_threads, range(60))))
short_lived()
timer = threading.Timer(0.05, print, ["timer"])
timer.start()
timer.join()
event = threading.Event()
print("event", event.wait(0.05))
print("timed", threading.Lock().acquire(timeout=0.01))
