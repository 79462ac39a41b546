"""A small SMS centre on loopback: takes binds and submissions, delivers what a test says, fails when told to."""

import asyncio
from collections import deque
from collections.abc import Callable
from typing import Self

from connectors.smpp.pdu import HEADER, Command, Pdu, ShortMessage, length_of, short_message, split, submit, text_field
from connectors.smpp.settings import SmppSettings

PASSWORD = "s3cretpw"
Misbehaviour = Callable[[Pdu, asyncio.StreamWriter], Pdu | None]


class Smsc:
    """One account, as many binds as come."""

    def __init__(self) -> None:
        self.taken: list[ShortMessage] = []
        self.answers: asyncio.Queue[Pdu] = asyncio.Queue()
        """Acknowledgements of what we delivered."""
        self.bound = asyncio.Event()
        self.bind_status = 0
        self.unanswered_links = False
        self._next: deque[Misbehaviour] = deque()
        self._writers: set[asyncio.StreamWriter] = set()
        self._server: asyncio.Server | None = None
        self._port = 0
        self._sequence = 0

    async def __aenter__(self) -> Self:
        self._server = await asyncio.start_server(self._serve, "127.0.0.1", 0)
        self._port = self._server.sockets[0].getsockname()[1]
        return self

    async def __aexit__(self, *_: object) -> None:
        await self.stop()

    async def stop(self) -> None:
        if self._server is not None:
            self._server.close()
        self.cut()

    def cut(self) -> None:
        """Cut every connection, at once."""
        for writer in self._writers:
            writer.transport.abort()
        self._writers.clear()
        self.bound.clear()

    def settings(self, **changed: object) -> SmppSettings:
        return SmppSettings.model_validate(
            {
                "host": "127.0.0.1",
                "port": self._port or 9,
                "system_id": "hub",
                "password": PASSWORD,
                "sender": "+48221234567",
                **changed,
            }
        )

    def next(self, misbehaviour: Misbehaviour) -> None:
        """Treat the next submission so."""
        self._next.append(misbehaviour)

    def fail(self, status: int) -> None:
        self.next(lambda unit, _: unit.answer(status))

    def deliver(self, message: ShortMessage, command: Command = Command.deliver_sm) -> None:
        """Deliver a message or a receipt over every bind."""
        self._sequence += 1
        unit = Pdu(command=command, sequence=self._sequence, body=submit(message))
        for writer in self._writers:
            writer.write(unit.encode())

    async def _serve(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        self._writers.add(writer)
        try:
            while True:
                head = await reader.readexactly(HEADER.size)
                unit = split(head + await reader.readexactly(length_of(head) - HEADER.size))[0]
                answer = self._answer(unit, writer)
                if answer is not None:
                    writer.write(answer.encode())
        except (OSError, asyncio.IncompleteReadError):
            writer.close()
        finally:
            self._writers.discard(writer)

    def _answer(self, unit: Pdu, writer: asyncio.StreamWriter) -> Pdu | None:
        match unit.command:
            case Command.bind_transceiver:
                status = self.bind_status or (0 if PASSWORD.encode() in unit.body else 0x0E)
                if not status:
                    self.bound.set()
                return unit.answer(status, text_field("SMSC"))
            case Command.submit_sm:
                if self._next:
                    return self._next.popleft()(unit, writer)
                self.taken.append(short_message(unit))
                return unit.answer(0, text_field(f"{len(self.taken):08d}"))
            case Command.enquire_link:
                return None if self.unanswered_links else unit.answer()
            case Command.unbind:
                return unit.answer()
        self.answers.put_nowait(unit)
        return None
