# SPDX-License-Identifier: Apache-2.0 WITH Swift-exception
# A pool, a queue, shared memory and a manager by one of multiprocessing's start methods.
import multiprocessing as mp
import multiprocessing.shared_memory
import sys


def square(number):
    return number * number


def consume(queue, results):
    total = 0
    for item in iter(queue.get, None):
        total += item
    results.put(total)


def fill(name, value, lock):
    memory = mp.shared_memory.SharedMemory(name)
    with lock:
        memory.buf[0] += 1
        value.value += 1
    memory.close()


def reply(pipe):
    pipe.send(pipe.recv().upper())


def fail():
    sys.exit(7)


def main():
    context = mp.get_context(sys.argv[1])
    with context.Pool(4) as pool:
        print("pool", sum(pool.imap_unordered(square, range(300), chunksize=7)))
        print("async", pool.apply_async(square, (9,)).get(30))
    queue, results = context.Queue(), context.Queue()
    consumers = [context.Process(target=consume, args=(queue, results)) for _ in range(3)]
    for consumer in consumers:
        consumer.start()
    for item in [*range(200), None, None, None]:
        queue.put(item)
    print("queue", sum(results.get() for _ in consumers))
    for consumer in consumers:
        consumer.join()
    memory = mp.shared_memory.SharedMemory(create=True, size=64)
    value, lock = context.Value("i", 0), context.Lock()
    fillers = [context.Process(target=fill, args=(memory.name, value, lock)) for _ in range(4)]
    for filler in fillers:
        filler.start()
    for filler in fillers:
        filler.join()
    print("shared", memory.buf[0], value.value)
    memory.close()
    memory.unlink()
    ours, theirs = context.Pipe()
    process = context.Process(target=reply, args=(theirs,))
    process.start()
    ours.send("hello")
    print("pipe", ours.recv())
    process.join()
    process = context.Process(target=fail)
    process.start()
    process.join()
    print("failed", process.exitcode)
    process = context.Process(target=consume, args=(queue, results))
    process.start()
    process.terminate()
    process.join()
    print("terminated", process.exitcode)
    with context.Manager() as manager:
        shared = manager.dict(a=1)
        shared["b"] = 2
        print("manager", sorted(shared.items()))


if __name__ == "__main__":
    main()
