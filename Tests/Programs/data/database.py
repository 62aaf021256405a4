# SPDX-License-Identifier: Apache-2.0 WITH Swift-exception
# Two processes and several threads that write one SQLite database in WAL mode.
import multiprocessing
import os
import sqlite3
import threading


def connect():
    connection = sqlite3.connect("data.db", timeout=60, isolation_level=None)
    connection.execute("pragma journal_mode = wal")
    connection.execute("pragma synchronous = off")
    return connection


def add(count):
    connection = connect()
    for number in range(count):
        connection.execute("begin immediate")
        connection.execute("insert into numbers values (?)", (number,))
        connection.execute("commit")
    connection.close()


connection = connect()
connection.execute("create table numbers (number integer)")
processes = [multiprocessing.get_context("fork").Process(target=add, args=(100,)) for _ in range(2)]
for process in processes:
    process.start()
threads = [threading.Thread(target=add, args=(50,)) for _ in range(3)]
for thread in threads:
    thread.start()
for thread in threads:
    thread.join()
for process in processes:
    process.join()
print(connection.execute("select count(*), sum(number) from numbers").fetchall())
print(connection.execute("pragma integrity_check").fetchall())
connection.execute("vacuum into 'copy.db'")
print(sqlite3.connect("copy.db").execute("select count(*) from numbers").fetchone())
connection.close()
for name in os.listdir("."):
    os.remove(name)
