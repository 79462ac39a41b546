"""Who carries out the journal's steps: a thread of this process, or a process of its own."""

import asyncio
import marshal
import sqlite3
import sys
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from typing import Protocol

from storage import journal_steps
from storage.errors import StorageUnreachable, in_words
from storage.journal_steps import LENGTH, Step


class Hand(Protocol):
    """Carries out transactions one after the other."""

    async def run(self, steps: Sequence[Step]) -> Sequence[int]:
        """Execute steps in one transaction; return the last row id after each. Raises StorageError.

        Must not be cancelled: the caller waits for the end of the transaction.
        """
        ...

    async def close(self) -> None:
        """Give back what it holds open."""
        ...


class ThreadHand:
    """A thread. For commands and tests, which write little and begin often."""

    def __init__(self, path: str, busy_ms: int) -> None:
        self._path, self._busy_ms = path, busy_ms
        self._thread = ThreadPoolExecutor(1, thread_name_prefix="journal")
        self._connection: sqlite3.Connection | None = None

    async def run(self, steps: Sequence[Step]) -> Sequence[int]:
        return await asyncio.get_running_loop().run_in_executor(self._thread, self._run, steps)

    async def close(self) -> None:
        await asyncio.get_running_loop().run_in_executor(self._thread, self._close)
        self._thread.shutdown()

    def _run(self, steps: Sequence[Step]) -> list[int]:
        try:
            if self._connection is None:
                self._connection = journal_steps.open_connection(self._path, self._busy_ms)
            return journal_steps.run(self._connection, steps)
        except sqlite3.Error as error:
            raise in_words(error) from error

    def _close(self) -> None:
        if self._connection is not None:
            self._connection.close()
            self._connection = None


class ProcessHand:
    """A process, for a hub that serves: it and the event loop do not wait for each other's interpreter lock.

    SQLite gives the lock away and takes it back some twenty times for a transaction, and each time the event loop may
    have to wait for it: a third of all time at the webhook door (bench-ack, ADR 0011). The first transaction starts it.
    """

    def __init__(self, path: str, busy_ms: int) -> None:
        self._path, self._busy_ms = path, busy_ms
        self._process: asyncio.subprocess.Process | None = None

    async def run(self, steps: Sequence[Step]) -> Sequence[int]:
        process = self._process or await self._start()
        if process.stdin is None or process.stdout is None:
            raise TypeError("the process was started without pipes")
        try:
            process.stdin.write(journal_steps.pack(steps))
            await process.stdin.drain()
            (size,) = LENGTH.unpack(await process.stdout.readexactly(LENGTH.size))
            answer = marshal.loads(await process.stdout.readexactly(size))  # noqa: S302 - our own program's
        except (ConnectionError, asyncio.IncompleteReadError) as error:
            self._process = None  # the next transaction starts another
            await self._end(process)
            raise StorageUnreachable(
                f"The process that stores incoming messages ended (code {process.returncode}); whether the last ones"
                " are stored is open, and their senders are asked to repeat them. Look for a lack of memory."
            ) from error
        done, *told = answer
        if done:
            ids: Sequence[int] = told[0]
            return ids
        name, words = told
        raise in_words(getattr(sqlite3, name, sqlite3.DataError)(words))

    async def close(self) -> None:
        process, self._process = self._process, None
        if process is not None:
            await self._end(process)

    async def _start(self) -> asyncio.subprocess.Process:
        try:
            self._process = await asyncio.create_subprocess_exec(
                sys.executable,
                "-ISE",
                journal_steps.__file__,
                self._path,
                str(self._busy_ms),
                stdin=asyncio.subprocess.PIPE,
                stdout=asyncio.subprocess.PIPE,
            )
        except OSError as error:
            raise StorageUnreachable(
                f"The process that stores incoming messages could not be started ({error.strerror}). Look for a lack of"
                " memory or a limit on processes."
            ) from error
        return self._process

    @staticmethod
    async def _end(process: asyncio.subprocess.Process) -> None:
        if process.stdin is not None:
            process.stdin.close()
        await process.wait()
