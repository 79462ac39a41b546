"""Runs the journal's transactions on a connection of their own: in a thread, or as a program beside the hub.

Standard library only, since the program must start at once and weigh little. It takes the database's path and how long
to wait for a lock in milliseconds; then on standard input one message after the other, each its length in eight bytes
and marshalled steps, answered in the same form by `[True, row ids]` or `[False, the error's class, its words]`.
It ends when its input does: with the hub, however that ended.
"""

import marshal
import os
import signal
import sqlite3
import struct
import sys
from collections.abc import Sequence
from typing import Any, BinaryIO

Step = tuple[str, Sequence[Any]]
"""A statement and its parameters."""

LENGTH = struct.Struct("<Q")
STATEMENTS_KEPT = 96


def open_connection(path: str, busy_ms: int) -> sqlite3.Connection:
    """Open the database for durable writing. Raises sqlite3.Error."""
    connection = sqlite3.connect(
        path, timeout=busy_ms / 1000, isolation_level=None, check_same_thread=False, cached_statements=STATEMENTS_KEPT
    )
    for pragma in ("journal_mode=WAL", "synchronous=FULL", "cache_size=-8000"):
        connection.execute(f"PRAGMA {pragma}")
    return connection


def run(connection: sqlite3.Connection, steps: Sequence[Step]) -> list[int]:
    """Execute steps in one transaction; return the last row id after each. Raises sqlite3.Error: nothing is kept."""
    connection.execute("BEGIN IMMEDIATE")
    try:
        ids = [connection.execute(sql, values).lastrowid or 0 for sql, values in steps]
        connection.execute("COMMIT")
    except BaseException:
        if connection.in_transaction:
            connection.execute("ROLLBACK")
        raise
    return ids


def pack(value: Any) -> bytes:
    """Return a message of the program: length and content."""
    content = marshal.dumps(value)
    return LENGTH.pack(len(content)) + content


def serve(path: str, busy_ms: int, source: BinaryIO, target: BinaryIO) -> None:
    """Answer until the source ends. A database that cannot be opened now may be later."""
    connection: sqlite3.Connection | None = None
    while len(head := source.read(LENGTH.size)) == LENGTH.size:
        (size,) = LENGTH.unpack(head)
        if len(content := source.read(size)) < size:
            break  # the hub ended while it asked
        steps = marshal.loads(content)  # noqa: S302 - from the hub, which started us
        try:
            connection = connection or open_connection(path, busy_ms)
            answer: list[object] = [True, run(connection, steps)]
        except (sqlite3.Error, OverflowError, UnicodeError) as error:
            answer = [False, type(error).__name__, str(error)]
        target.write(pack(answer))
        target.flush()
    if connection is not None:
        connection.close()


if __name__ == "__main__":
    # Who stops the hub (a terminal, a service manager) signals all its processes, and the hub has still to store.
    for number in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
        signal.signal(number, signal.SIG_IGN)
    try:
        serve(sys.argv[1], int(sys.argv[2]), sys.stdin.buffer, sys.stdout.buffer)
    except BrokenPipeError:
        # The hub ended before it was answered; its next start finds what is stored. Python writes out what is left at
        # the end, which nobody shall complain of: https://docs.python.org/3/library/signal.html#note-on-sigpipe
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
