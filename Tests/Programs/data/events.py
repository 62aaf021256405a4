# SPDX-License-Identifier: Apache-2.0 WITH Swift-exception
# asyncio: sockets, subprocesses, signals, executors and time-outs on one loop.
import asyncio
import os
import signal
import socket


async def echo(reader, writer):
    while line := await reader.readline():
        writer.write(line.upper())
        await writer.drain()
    writer.close()


async def talk(port, number):
    reader, writer = await asyncio.open_connection("127.0.0.1", port)
    total = 0
    for turn in range(20):
        writer.write(f"line {number} {turn}\n".encode())
        total += len(await reader.readline())
    writer.close()
    return total


async def child(number):
    process = await asyncio.create_subprocess_exec(
        "sh", "-c", f"cat; exit {number}", stdin=-1, stdout=-1)
    out, _ = await process.communicate(b"x" * 100000)
    return len(out), process.returncode


async def signals():
    loop, got = asyncio.get_running_loop(), asyncio.Queue()
    loop.add_signal_handler(signal.SIGUSR1, got.put_nowait, "usr1")
    for _ in range(20):
        os.kill(os.getpid(), signal.SIGUSR1)
        await got.get()
    loop.remove_signal_handler(signal.SIGUSR1)
    return "signals"


async def unix_socket():
    server = await asyncio.start_unix_server(echo, "socket")
    reader, writer = await asyncio.open_unix_connection("socket")
    writer.write(b"unix\n")
    line = await reader.readline()
    writer.close()
    server.close()
    return line


async def datagrams():
    loop, got = asyncio.get_running_loop(), asyncio.get_running_loop().create_future()

    class Receiver(asyncio.DatagramProtocol):
        def datagram_received(self, data, _):
            got.set_result(data)

    transport, _ = await loop.create_datagram_endpoint(Receiver, local_addr=("127.0.0.1", 0))
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as sender:
        sender.sendto(b"datagram", transport.get_extra_info("sockname"))
    data = await got
    transport.close()
    return data


async def main():
    server = await asyncio.start_server(echo, "127.0.0.1", 0)
    port = server.sockets[0].getsockname()[1]
    print(sum(await asyncio.gather(*(talk(port, n) for n in range(10)))))
    server.close()
    print(await asyncio.gather(*(child(n) for n in range(6))))
    print(await signals(), await unix_socket(), await datagrams())
    loop = asyncio.get_running_loop()
    print(sum(await asyncio.gather(*(loop.run_in_executor(None, pow, n, 3) for n in range(30)))))
    try:
        await asyncio.wait_for(asyncio.sleep(9), 0.1)
    except asyncio.TimeoutError:
        print("time-out")
    process = await asyncio.create_subprocess_shell("sleep 9")
    process.terminate()
    print(await process.wait())


asyncio.run(main())
